using WasteFree.Exchange.Catalog;
using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Tests.Catalog;
using Xunit;

namespace WasteFree.Exchange.Tests.Identity;

/// <summary>
/// Who reads what, over the built-in catalogue: Wanzhou lies in Chongqing (50), Ya'an in Sichuan (51). Fuling (50) and the
/// other organisations are made up (示例).
/// </summary>
public sealed class ReadingPolicyTests
{
    private const string Conditional = "ZW21-11";
    private const string Open = "ZW21-12";
    private const string Closed = "ZW21-13";

    private static readonly DateOnly Today = new(2026, 6, 30);

    private const string Indicators = """
        code,name_zh,unit,kind,direction,sharing
        ZW21-12,示例开放,%,ratio,higher,无条件
        ZW21-13,示例不共享,%,ratio,higher,不予共享
        """;

    private const string Organizations = """
        id,name_zh,regions
        fuling,示例涪陵,500102
        zone,示例开发区,CQX-WZJK
        both,示例两地,500101 511800
        national,示例全国,*
        """;

    public static TheoryData<string, string, string, string, bool> Cells => new()
    {
        // reader, owner, indicator, region
        { "yaan", "yaan", Closed, "511800", true },
        { "wanzhou", "yaan", Closed, "511800", false },
        { "both", "yaan", Closed, "511800", false },
        { "wanzhou", "yaan", Open, "511800", true },
        { "national", "yaan", Open, "511800", true },
        { "wanzhou", "yaan", Conditional, "511800", false },
        { "yaan", "wanzhou", Conditional, "500101", false },
        { "fuling", "wanzhou", Conditional, "500101", true },
        { "wanzhou", "fuling", Conditional, "500102", true },
        // A functional area has no code of its own: the region above it says its province.
        { "zone", "fuling", Conditional, "500102", true },
        { "fuling", "zone", Conditional, "CQX-WZJK", true },
        { "yaan", "zone", Conditional, "CQX-WZJK", false },
        // What a value is about counts, not where else its sender reports.
        { "fuling", "both", Conditional, "511800", false },
        { "fuling", "both", Conditional, "500101", true },
        { "fuling", "national", Conditional, "500101", true },
        { "both", "yaan", Conditional, "511800", true },
        { "national", "wanzhou", Conditional, "500101", false },
        { "unknown", "wanzhou", Open, "500101", false },
        { "unknown", "unknown", Closed, "500101", true },
        { "wanzhou", "yaan", "NO-SUCH", "511800", false },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void An_organisation_reads_its_own_what_is_open_and_its_province(string reader, string owner, string indicator, string region, bool reads) =>
        Assert.Equal(reads, Of(reader, Load()).Reads(owner, indicator, region));

    [Theory]
    [InlineData("yaan,wanzhou,ZW21-1*,500101,甲,,2026-06-30", true)]
    [InlineData("yaan,wanzhou,ZW21-11,*,甲,2026-06-30,2026-06-30", true)]
    [InlineData("yaan,*,*,*,甲,,2026-12-31", true)]
    [InlineData("yaan,*,*,500102 500101,甲,,2026-12-31", true)]
    [InlineData("yaan,wanzhou,*,*,甲,,2026-06-29", false)]
    [InlineData("yaan,wanzhou,*,*,甲,2026-07-01,2026-12-31", false)]
    [InlineData("yaan,wanzhou,*,500102,甲,,2026-12-31", false)]
    [InlineData("yaan,wanzhou,ZW21-19,*,甲,,2026-12-31", false)]
    [InlineData("yaan,fuling,*,*,甲,,2026-12-31", false)]
    [InlineData("wanzhou,yaan,*,*,甲,,2026-12-31", false)]
    public void A_grant_opens_what_it_names_from_its_first_day_to_its_last(string grant, bool reads)
    {
        var visibility = Of("yaan", Load(grant));

        Assert.Equal(reads, visibility.Reads("wanzhou", Conditional, "500101"));
        Assert.False(visibility.Reads("wanzhou", Closed, "500101"), "A grant opened what is not shared.");
        Assert.Equal(reads && grant.Contains(",*,", StringComparison.Ordinal) && grant.StartsWith("yaan,*", StringComparison.Ordinal), visibility.ReadsOfAll(Conditional, "500101"));
    }

    [Fact]
    public void The_strictest_of_an_indicators_versions_counts()
    {
        var catalog = Load(indicators: "code,version,name_zh,unit,kind,direction,sharing\nZW21-12,2.0,示例,t,amount,lower,不予共享\n");

        Assert.False(Of("wanzhou", catalog).Reads("yaan", Open, "511800"));
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Auditor)]
    [InlineData(Roles.Reporter)]
    public void Other_roles_than_reader_read_nothing(string role)
    {
        Assert.Equal(Visibility.Nothing, ReadingPolicy.Of(new Principal("yaan", new HashSet<string> { role }), Load(), Today));
        Assert.Equal(Visibility.Nothing, ReadingPolicy.Of(new Principal(null, new HashSet<string> { role }) { IsUnrestricted = true }, Load(), Today));
    }

    [Fact]
    public void Without_an_organisation_only_the_machines_own_user_reads()
    {
        var reader = new Principal(null, new HashSet<string> { Roles.Reader });

        Assert.Equal(Visibility.Nothing, ReadingPolicy.Of(reader, Load(), Today));
        Assert.Same(Visibility.Everything, ReadingPolicy.Of(reader with { IsUnrestricted = true }, Load(), Today));
        Assert.False(ReadingPolicy.Of(reader with { IsUnrestricted = true, Organization = "yaan" }, Load(), Today).IsEverything);
        Assert.False(Visibility.Everything.ReadsConfidential("yaan"));
    }

    private static Visibility Of(string organization, CatalogSnapshot catalog) =>
        ReadingPolicy.Of(new Principal(organization, new HashSet<string> { Roles.Reader, Roles.Reporter }), catalog, Today);

    private static CatalogSnapshot Load(string grant = "wanzhou,yaan,ZW21-19,511802,甲,,2026-12-31", string indicators = Indicators)
    {
        var load = Loading.Load(
            Loading.Table(CatalogTableKind.Indicators, Indicators),
            Loading.Table(CatalogTableKind.Organizations, Organizations),
            Loading.Table(CatalogTableKind.Grants, "grantee,owner,indicators,regions,purpose,valid_from,valid_until\n" + grant));
        Assert.Empty(load.Faults);
        var rows = Loading.After(load, Loading.BuiltIn);
        if (indicators != Indicators) rows = Loading.After(CatalogLoader.Load([Loading.Table(CatalogTableKind.Indicators, indicators)], rows, false), rows);
        return CatalogReader.Read(1, rows);
    }
}
