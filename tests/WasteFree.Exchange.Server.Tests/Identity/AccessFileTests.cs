using WasteFree.Exchange.Identity;
using WasteFree.Exchange.Server.Security;
using Xunit;

namespace WasteFree.Exchange.Server.Tests.Identity;

/// <summary>The file access.json: what it may hold, and how it is changed.</summary>
public sealed class AccessFileTests : IDisposable
{
    private const string Yaan = """{ "name": "yaan", "organization": "yaan", "roles": ["reader"] }""";

    private readonly SecurityFolder _folder = new(Directory.CreateTempSubdirectory("wfx-access-test-").FullName);

    public void Dispose() => Directory.Delete(_folder.FullName, recursive: true);

    [Theory]
    [InlineData("null", "$")]
    [InlineData("[]", "line 1")]
    [InlineData("""{ "callers": null }""", "$.callers")]
    [InlineData("""{ "callers": {} }""", "$.callers")]
    [InlineData("""{ "callers": [null] }""", "$.callers[0]")]
    [InlineData("""{ "callers": ["yaan"] }""", "$.callers[0]")]
    [InlineData("""{ "callers": [{ "name": null, "roles": [] }] }""", "$.callers[0].name")]
    [InlineData("""{ "callers": [{ "name": 5, "roles": [] }] }""", "$.callers[0].name")]
    [InlineData("""{ "callers": [{ "name": "yaan" }] }""", "$.callers[0]")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": null }] }""", "$.callers[0].roles")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": "reader" }] }""", "$.callers[0].roles")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": [null] }] }""", "$.callers[0].roles[0]")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": [], "certificates": null }] }""", "$.callers[0].certificates")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": [], "certificates": [null] }] }""", "$.callers[0].certificates[0]")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": [], "keys": null }] }""", "$.callers[0].keys")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": [], "keys": [null] }] }""", "$.callers[0].keys[0]")]
    [InlineData("""{ "issuers": null }""", "$.issuers")]
    [InlineData("""{ "issuers": [null] }""", "$.issuers[0]")]
    [InlineData("""{ "issuers": [{ "issuer": null, "roles": [] }] }""", "$.issuers[0].issuer")]
    [InlineData("""{ "issuers": [{ "issuer": "https://a.example", "roles": null }] }""", "$.issuers[0].roles")]
    [InlineData("""{ "issuers": [{ "issuer": "https://a.example", "roles": [], "organizations": null }] }""", "$.issuers[0].organizations")]
    [InlineData("""{ "issuers": [{ "issuer": "https://a.example", "roles": [], "organizations": [null] }] }""", "$.issuers[0].organizations[0]")]
    [InlineData("""{ "issuers": [{ "issuer": "https://a.example", "roles": [], "roles_claim": null }] }""", "$.issuers[0].roles_claim")]
    [InlineData("""{ "issuers": [{ "issuer": "https://a.example", "roles": [], "organization_claim": null }] }""", "$.issuers[0].organization_claim")]
    [InlineData("""{ "denied": null }""", "$.denied")]
    [InlineData("""{ "denied": [null] }""", "$.denied[0]")]
    [InlineData("""{ "denied": ["caller:yaan"] }""", "$.denied[0]")]
    [InlineData("""{ "denied": [{ "what": null }] }""", "$.denied[0].what")]
    [InlineData("""{ "denied": [{ "what": "token:1", "since": "yesterday" }] }""", "$.denied[0].since")]
    [InlineData("""{ "callers": [{ "name": "yaan", "roles": ["Reader"] }] }""", "'Reader'")]
    public void A_file_that_holds_no_list_is_refused_with_the_place(string text, string said)
    {
        var refused = Assert.Throws<ArgumentException>(() => Read(text));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caller:yann")]
    [InlineData("caller:Yaan")]
    [InlineData("caller:yaan ")]
    [InlineData("Caller:yaan")]
    [InlineData("yaan")]
    [InlineData("")]
    [InlineData("person:yaan")]
    [InlineData("organization:yann")]
    [InlineData("organization:YAAN")]
    [InlineData("issuer:https://login.example/")]
    [InlineData("issuer:https://Login.example")]
    [InlineData("certificate:d08d8cb6")]
    [InlineData("certificate:D08D8CB6D08D8CB6D08D8CB6D08D8CB6D08D8CB6D08D8CB6D08D8CB6D08D8CB6")]
    [InlineData("fingerprint:d08d8cb6")]
    [InlineData("token:")]
    [InlineData("subject:two words")]
    public void A_denial_that_matches_nobody_is_a_fault_of_the_file(string what)
    {
        var refused = Assert.Throws<ArgumentException>(() => Read(WithDenial(what)));
        Assert.Contains($"'{what}'", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("caller:yaan")]
    [InlineData("organization:yaan")]
    [InlineData("organization:wanzhou")]
    [InlineData("issuer:https://login.example")]
    [InlineData("certificate:d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6")]
    [InlineData("fingerprint:d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6d08d8cb6")]
    [InlineData("token:1f")]
    [InlineData("subject:two%20words")]
    public void A_denial_of_somebody_is_taken(string what) => Assert.Equal(what, Assert.Single(Read(WithDenial(what)).Denied).What);

    [Fact]
    public void Changes_at_one_time_lose_none_of_each_other()
    {
        SecuredHub.TwoCities.Write(_folder.AccessFile);
        var names = Enumerable.Range(0, 40).Select(i => $"token:{i}").ToList();

        Parallel.ForEach(names, new ParallelOptions { MaxDegreeOfParallelism = 8 }, name => AccessList.Change(
            new SecurityFolder(_folder.FullName), access => access with { Denied = [.. access.Denied, new AccessDenial { What = name }] }));

        Assert.Equal(names.Order(StringComparer.Ordinal), AccessList.Read(_folder.AccessFile).Denied.Select(denial => denial.What).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_change_that_would_be_no_list_leaves_the_file()
    {
        SecuredHub.TwoCities.Write(_folder.AccessFile);
        var before = File.ReadAllText(_folder.AccessFile);

        Assert.Throws<ArgumentException>(() => AccessList.Change(_folder, access => access with { Denied = [new AccessDenial { What = "caller:yann" }] }));

        Assert.Equal(before, File.ReadAllText(_folder.AccessFile));
    }

    [Fact]
    public void Tokens_name_the_hub_by_its_own_address_unless_the_list_says_otherwise()
    {
        Assert.Equal("https://hub.example", Read("""{ "address": "https://hub.example" }""").AudienceInForce);
        Assert.Equal("another", Read("""{ "address": "https://hub.example", "audience": "another" }""").AudienceInForce);
        var refused = Assert.Throws<ArgumentException>(() => Read("""{ "issuers": [{ "issuer": "https://login.example", "roles": [] }] }"""));
        Assert.Contains("audience", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_of_roles_is_none() => Assert.Empty(Read("""{ "callers": [{ "name": "yaan", "roles": [] }] }""").Callers[0].Roles);

    private static string WithDenial(string what) => $$"""
        {
          "address": "https://hub.example:5443",
          "callers": [{{Yaan}}],
          "issuers": [{ "issuer": "https://login.example", "roles": ["{{Roles.Reader}}"], "organizations": ["wanzhou"] }],
          "denied": [{ "what": "{{what}}", "why": null }]
        }
        """;

    private AccessList Read(string text)
    {
        File.WriteAllText(_folder.AccessFile, text);
        return AccessList.Read(_folder.AccessFile);
    }
}
