namespace WasteFree.Exchange.Server.Limits;

/// <summary>What a call is for. An organisation has allowances for each apart: what it asks does not keep it from reporting.</summary>
internal enum Purpose
{
    /// <summary>Sending reports, and the catalogue, without which nobody can send one.</summary>
    Reports,

    /// <summary>Whatever is computed or read at length.</summary>
    Questions,
}
