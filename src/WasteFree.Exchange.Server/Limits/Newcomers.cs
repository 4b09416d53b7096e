using System.Net;
using Microsoft.AspNetCore.Connections;

namespace WasteFree.Exchange.Server.Limits;

/// <summary>The connections that have shown no credential yet, counted by address.</summary>
internal sealed class Newcomers(int mostOfAddress, TimeSpan patience, TimeProvider time)
{
    /// <summary>What one subscriber of IPv6 is given.</summary>
    private const int SubscriberBytes = 8;

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _ofAddress = [];

    /// <summary>Makes the connection a <see cref="Newcomer"/>.</summary>
    /// <returns>False: there are too many from its address.</returns>
    public bool TryEnter(ConnectionContext connection)
    {
        var address = AddressOf(connection);
        lock (_lock)
        {
            var count = _ofAddress.GetValueOrDefault(address);
            if (count >= mostOfAddress) return false;
            _ofAddress[address] = count + 1;
        }
        var newcomer = new Newcomer(connection, patience, time, () => Leave(address));
        connection.ConnectionClosed.UnsafeRegister(static newcomer => ((Newcomer)newcomer!).Dispose(), newcomer);
        connection.Features.Set(newcomer);
        return true;
    }

    private static IPAddress AddressOf(ConnectionContext connection)
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address }) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        if (bytes.Length > SubscriberBytes) bytes.AsSpan(SubscriberBytes).Clear();
        return new IPAddress(bytes);
    }

    private void Leave(IPAddress address)
    {
        lock (_lock)
        {
            if (--_ofAddress[address] == 0) _ofAddress.Remove(address);
        }
    }
}
