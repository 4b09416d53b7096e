using System.Net;
using System.Net.Sockets;
using Microsoft.Data.SqlClient;
using WasteFree.Exchange.Storage.SqlServer;
using WasteFree.Exchange.Store;

namespace WasteFree.Exchange.Storage.Tests.SqlServer;

/// <summary>A connection string is used as it was given; only what it leaves open is said.</summary>
public sealed class SqlServerConnectionsTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void A_pool_does_not_repeat_a_failure_unless_the_connection_string_wants_it()
    {
        const string Text = "Server=db;Database=w;User ID=u;Password=a;Command Timeout=77";
        Assert.StartsWith(Text + ";", SqlServerConnections.Complete(Text), StringComparison.Ordinal);
        var completed = new SqlConnectionStringBuilder(SqlServerConnections.Complete(Text + ";"));
        Assert.Equal((PoolBlockingPeriod.NeverBlock, 77), (completed.PoolBlockingPeriod, completed.CommandTimeout));
        Assert.Equal("Server=db;PoolBlockingPeriod=Auto", SqlServerConnections.Complete("Server=db;PoolBlockingPeriod=Auto"));
    }

    [Fact]
    public async Task A_server_that_is_back_is_asked_at_once()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        server.Stop();
        var connections = new SqlServerConnections(new SqlServerOptions
        {
            ConnectionString = $"Server=127.0.0.1,{port};User ID=u;Password=p;Connect Timeout=3;ConnectRetryCount=0;Encrypt=false",
        });
        await Assert.ThrowsAsync<SqlException>(() => connections.OpenAsync(Cancelled));

        using var back = new TcpListener(IPAddress.Loopback, port);
        back.Start();
        var asked = back.AcceptTcpClientAsync(Cancelled).AsTask();
        var opening = Assert.ThrowsAsync<SqlException>(() => connections.OpenAsync(Cancelled));
        using (var client = await asked.WaitAsync(TimeSpan.FromSeconds(30), Cancelled)) Assert.True(client.Connected);
        back.Stop();
        await opening;
        connections.Clear();
    }

    [Theory]
    [InlineData("Server=db;Wrong Word=1")]
    [InlineData("Server=db;Connect Timeout=soon")]
    public async Task A_malformed_string_makes_the_store_unavailable_and_is_not_quoted(string text)
    {
        var connections = new SqlServerConnections(new SqlServerOptions { ConnectionString = text });
        var error = await Assert.ThrowsAsync<StoreUnavailableException>(() => connections.OpenAsync(Cancelled));
        Assert.DoesNotContain("db", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Active Directory Managed Identity")]
    [InlineData("Active Directory Default")]
    [InlineData("Active Directory Service Principal")]
    public void A_login_that_this_program_has_no_provider_for_is_refused_in_words(string method)
    {
        var text = $"Server=db.example.org;Database=wastefree;User ID=u;Authentication={method};Encrypt=true";
        // Only a server that asks for a token would show it otherwise, and only when it does.
        var error = Assert.Throws<InvalidDataException>(() => SqlServerConnections.Complete(text));
        Assert.Contains("Microsoft.Data.SqlClient.Extensions.Azure", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("db.example.org", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Logins_of_the_server_and_of_the_system_need_no_provider()
    {
        Assert.NotEmpty(SqlServerConnections.Complete("Server=db;Integrated Security=true"));
        Assert.NotEmpty(SqlServerConnections.Complete("Server=db;User ID=u;Password=p;Authentication=Sql Password"));
    }

    [Fact]
    public async Task A_caller_that_gives_up_takes_no_connection_from_the_others()
    {
        await using var database = await SqlServerDatabase.CreateAsync();
        var text = new SqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 6 }.ToString();
        await using var store = new SqlServerStore(new SqlServerOptions { ConnectionString = text }, TimeProvider.System);
        await store.MigrateAsync(Cancelled);
        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
            {
                if (i % 2 == 0)
                {
                    await store.ReadHeadAsync(Cancelled);
                    return;
                }
                using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(2));
                try
                {
                    await store.ReadHeadAsync(soon.Token);
                }
                catch (OperationCanceledException)
                {
                    // What it asked for.
                }
            }));
        }
    }
}
