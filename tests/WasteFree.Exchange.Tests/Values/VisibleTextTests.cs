using WasteFree.Exchange.Values;
using Xunit;

namespace WasteFree.Exchange.Tests.Values;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("500101")]
    [InlineData("a b")]
    [InlineData("万州区 “无废城市”（示例），100 %")]
    [InlineData("Ya'an é 𠀋 ½ ㎡ ％")]
    [InlineData("e\u0301")] // an accent can be seen
    public void Text_that_can_be_seen_stays_as_it_is(string text)
    {
        Assert.Equal(text, VisibleText.Of(text, 100));
        Assert.False(VisibleText.HidesAny(text));
    }

    [Theory]
    [InlineData("\ufeff", "<U+FEFF>")] // byte order mark
    [InlineData("\u200b", "<U+200B>")] // zero-width space
    [InlineData("\u200d", "<U+200D>")] // zero-width joiner
    [InlineData("\u2060", "<U+2060>")] // word joiner
    [InlineData("\u00ad", "<U+00AD>")] // soft hyphen
    [InlineData("\u202d", "<U+202D>")] // direction override
    [InlineData("\u2066", "<U+2066>")] // direction isolate
    [InlineData("\u00a0", "<U+00A0>")] // no-break space
    [InlineData("\u3000", "<U+3000>")] // ideographic space
    [InlineData("\u2003", "<U+2003>")] // em space
    [InlineData("\ufe0f", "<U+FE0F>")] // variation selector
    [InlineData("\U000e0100", "<U+E0100>")] // variation selector of ideographs
    [InlineData("\U000e0061", "<U+E0061>")] // tag
    [InlineData("\u034f", "<U+034F>")] // grapheme joiner
    [InlineData("\u3164", "<U+3164>")] // Hangul filler
    [InlineData("\u2800", "<U+2800>")] // empty Braille pattern
    [InlineData("\ue000", "<U+E000>")] // private use
    [InlineData("\uffff", "<U+FFFF>")] // no character
    [InlineData("\u2028", "<U+2028>")]
    [InlineData("\r", "<U+000D>")]
    [InlineData("\t", "<U+0009>")]
    [InlineData("\0", "<U+0000>")]
    [InlineData("\u001b", "<U+001B>")]
    public void What_cannot_be_seen_is_named(string hidden, string name)
    {
        Assert.Equal($"万{name}州", VisibleText.Of($"万{hidden}州", 100));
        Assert.True(VisibleText.HidesAny($"万{hidden}州"));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("a\ufffdb", VisibleText.Of("a\ud800b", 100));

    [Theory]
    [InlineData("x")]
    [InlineData("渝")]
    [InlineData("𠀋")]
    [InlineData("\u200b")]
    public void No_text_is_longer_than_it_may_be_or_cut_within_a_name(string one)
    {
        for (var most = 10; most < 40; most++)
        {
            var text = VisibleText.Of(string.Concat(Enumerable.Repeat(one, 100)), most);
            Assert.InRange(text.Length, most - 8, most);
            Assert.EndsWith("…", text, StringComparison.Ordinal);
            Assert.Equal(text, VisibleText.Of(text, most));
            Assert.Equal(text.Count(c => c == '<'), text.Count(c => c == '>'));
        }
    }
}
