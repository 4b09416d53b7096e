using Google.Protobuf.Reflection;

namespace WasteFree.Exchange.Contracts.Tests.Contracts;

public sealed class ContractTests
{
    private static readonly string[] FloatingTypes =
        ["google.protobuf.DoubleValue", "google.protobuf.FloatValue", "google.protobuf.Struct", "google.protobuf.Value"];

    private const string Golden = "protos/testdata/descriptor.txt";

    [Fact]
    public void The_contract_is_the_one_that_was_accepted()
    {
        var accepted = File.Exists(Repository.PathOf(Golden)) ? Repository.ReadText(Golden) : "";

        AcceptedText.AssertEqual(Golden, accepted, ContractText.Render(), made => made);
    }

    [Fact]
    public void Every_contract_file_is_compiled_and_carried_by_the_assembly_word_for_word()
    {
        var files = Repository.Files(["protos"], ".proto");

        Assert.Equal(files.Select(file => file["protos/".Length..]), ContractFiles.All.Select(file => file.Name));
        foreach (var file in files)
        {
            using var resource = ContractFiles.Assembly.GetManifestResourceStream(file);
            Assert.True(resource is not null, $"The assembly does not carry {file}.");
            using var reader = new StreamReader(resource);
            Assert.Equal(Repository.ReadText(file), reader.ReadToEnd());
        }
    }

    [Fact]
    public void No_field_is_a_binary_floating_point_number()
    {
        var floating = ContractFiles.Messages
            .SelectMany(message => message.Fields.InDeclarationOrder())
            .Where(field => field.FieldType switch
            {
                FieldType.Double or FieldType.Float => true,
                FieldType.Message => FloatingTypes.Contains(field.MessageType.FullName),
                _ => false,
            });

        Assert.Empty(floating.Select(field => field.FullName));
    }

    [Fact]
    public void A_contract_imports_nothing_but_other_contracts_and_the_well_known_types()
    {
        var foreign = ContractFiles.All
            .SelectMany(file => file.Dependencies.Select(import => (file, import)))
            .Where(pair => !pair.import.Name.StartsWith("google/protobuf/", StringComparison.Ordinal))
            .Where(pair => !pair.import.Name.StartsWith("wastefree/exchange/", StringComparison.Ordinal));

        Assert.Empty(foreign.Select(pair => $"{pair.file.Name} imports {pair.import.Name}"));
    }
}
