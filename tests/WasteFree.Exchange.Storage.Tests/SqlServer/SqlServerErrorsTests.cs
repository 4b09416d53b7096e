using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Storage.SqlServer;
using Xunit;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

public sealed class SqlServerErrorsTests
{
    [Fact]
    public async Task A_line_that_breaks_is_of_the_database_and_passes_also_where_a_bulk_copy_wraps_it()
    {
        var lost = await LostAsync();
        foreach (var said in new Exception[] { lost, Client("Cannot access destination table 'revision'.", lost), Client("Again.", Client("Cannot access destination table 'revision'.", lost)) })
        {
            Assert.True(SqlServerErrors.IsOfDatabase(said));
            Assert.True(SqlServerErrors.IsPassing(said));
        }
    }

    [Fact]
    public void A_connection_that_was_closed_meanwhile_is_of_the_database_also_where_a_bulk_copy_wraps_it()
    {
        var closed = Client("Invalid operation. The connection is closed.", null);
        Assert.True(SqlServerErrors.IsOfDatabase(closed));
        Assert.True(SqlServerErrors.IsOfDatabase(Client("Cannot access destination table 'revision'.", closed)));
    }

    [Fact]
    public async Task A_value_that_does_not_convert_and_a_fault_of_this_program_are_not()
    {
        Exception[] faults =
        [
            Client("The given value of type String from the data source cannot be converted.", new FormatException()),
            Client("Cannot access destination table 'revision'.", Client("Again.", new InvalidCastException())),
            new InvalidOperationException("Sequence contains no elements"),
            new InvalidOperationException("Of somebody else.", await LostAsync()),
            new ArgumentException("Not of a database."),
        ];
        Assert.DoesNotContain(faults, SqlServerErrors.IsOfDatabase);
        Assert.DoesNotContain(faults, SqlServerErrors.IsPassing);
    }

    [Theory]
    [InlineData(1205)] // a deadlock of rows
    [InlineData(SqlServerErrors.DeadlockOfOrganization)]
    [InlineData(1204)]
    [InlineData(701)]
    [InlineData(8645)]
    [InlineData(8651)]
    [InlineData(3958)]
    [InlineData(3966)]
    [InlineData(4060)]
    [InlineData(976)]
    [InlineData(2627)]
    public void What_passes_by_itself_is_tried_again(int number) => Assert.True(SqlServerErrors.IsPassing(number));

    [Theory]
    [InlineData(-2)] // the time-out of a statement: it would take as long again
    [InlineData(208)]
    [InlineData(18456)]
    public void What_stays_is_not(int number) => Assert.False(SqlServerErrors.IsPassing(number));

    [Theory]
    [InlineData(823)] // the disk
    [InlineData(824)] // a page with a wrong checksum, of a severity that breaks the connection
    [InlineData(605)]
    [InlineData(5243)]
    [InlineData(8646)]
    public void Damage_is_no_passing_outage(int number)
    {
        Assert.True(SqlServerErrors.IsDamage(number));
        Assert.False(SqlServerErrors.IsPassing(number));
    }

    [Fact]
    public async Task A_lost_line_is_no_damage() => Assert.False(SqlServerErrors.IsDamage(await LostAsync()));

    private static InvalidOperationException Client(string message, Exception? inner) => new(message, inner) { Source = "Microsoft.Data.SqlClient" };

    /// <summary>What the client says of a port that nobody listens on.</summary>
    private static async Task<SqlException> LostAsync()
    {
        using var nobody = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        nobody.Start();
        var port = ((System.Net.IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var connection = new SqlConnection($"Server=127.0.0.1,{port};User ID=u;Password=p;Connect Timeout=1;ConnectRetryCount=0;Pooling=false");
        return await Assert.ThrowsAsync<SqlException>(() => connection.OpenAsync(TestContext.Current.CancellationToken));
    }
}
