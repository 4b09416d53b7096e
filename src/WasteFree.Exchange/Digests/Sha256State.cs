using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WasteFree.Exchange.Digests;

/// <summary>
/// SHA-256 (FIPS 180-4) whose state can be stored and gone on with, by another process as well: the platform's gives none out.
/// It hashes what is public or the store's own; nothing rests on its running in constant time.
/// </summary>
public sealed class Sha256State
{
    public const int DigestSize = 32;

    /// <summary>Eight words, the number of bytes hashed, and those of the block that is not full: one size for every state.</summary>
    public const int StateSize = DigestSize + sizeof(long) + BlockSize;

    private const int BlockSize = 64;
    private const int Words = 8;

    private readonly uint[] _words = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    private readonly byte[] _block = new byte[BlockSize];
    private long _length;

    private int Filled => (int)(_length % BlockSize);

    /// <param name="state">As <see cref="Export"/> gave it.</param>
    /// <exception cref="ArgumentException">It is no state.</exception>
    public static Sha256State Import(ReadOnlySpan<byte> state) =>
        TryImport(state) ?? throw new ArgumentException("No state of SHA-256.", nameof(state));

    /// <summary>The digest of what was hashed up to a stored state; nothing where it is none.</summary>
    public static byte[] DigestOf(ReadOnlySpan<byte> state) => TryImport(state)?.Digest() ?? [];

    /// <summary>The state of what is hashed at once.</summary>
    public static byte[] StateOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new Sha256State();
        hash.Update(bytes);
        return hash.Export();
    }

    public byte[] Export()
    {
        var state = new byte[StateSize];
        Write(_words, state);
        BinaryPrimitives.WriteInt64BigEndian(state.AsSpan(DigestSize), _length);
        _block.AsSpan(0, Filled).CopyTo(state.AsSpan(DigestSize + sizeof(long)));
        return state;
    }

    public void Update(ReadOnlySpan<byte> bytes)
    {
        var filled = Filled;
        _length += bytes.Length;
        if (filled > 0)
        {
            var taken = Math.Min(BlockSize - filled, bytes.Length);
            bytes[..taken].CopyTo(_block.AsSpan(filled));
            if (filled + taken < BlockSize) return;
            Compress(_words, _block);
            bytes = bytes[taken..];
        }
        var whole = bytes.Length / BlockSize * BlockSize;
        Compress(_words, bytes[..whole]);
        bytes[whole..].CopyTo(_block);
    }

    /// <summary>The digest of what was hashed so far; more may follow.</summary>
    public byte[] Digest()
    {
        Span<uint> words = stackalloc uint[Words];
        _words.CopyTo(words);
        Span<byte> end = stackalloc byte[2 * BlockSize];
        end.Clear();
        _block.AsSpan(0, Filled).CopyTo(end);
        end[Filled] = 0x80;
        end = end[..(Filled + 1 + sizeof(long) <= BlockSize ? BlockSize : 2 * BlockSize)];
        BinaryPrimitives.WriteInt64BigEndian(end[^sizeof(long)..], _length * 8);
        Compress(words, end);
        var digest = new byte[DigestSize];
        Write(words, digest);
        return digest;
    }

    private static Sha256State? TryImport(ReadOnlySpan<byte> state)
    {
        if (state.Length != StateSize) return null;
        var length = BinaryPrimitives.ReadInt64BigEndian(state[DigestSize..]);
        if (length < 0) return null;
        var hash = new Sha256State { _length = length };
        var block = state[(DigestSize + sizeof(long))..];
        if (block[hash.Filled..].ContainsAnyExcept((byte)0)) return null; // one state has one form
        for (var i = 0; i < Words; i++) hash._words[i] = BinaryPrimitives.ReadUInt32BigEndian(state[(i * sizeof(uint))..]);
        block[..hash.Filled].CopyTo(hash._block);
        return hash;
    }

    private static void Write(ReadOnlySpan<uint> words, Span<byte> bytes)
    {
        for (var i = 0; i < Words; i++) BinaryPrimitives.WriteUInt32BigEndian(bytes[(i * sizeof(uint))..], words[i]);
    }

    /// <summary>Eight rounds are written out, so that the words move by name and not in memory.</summary>
    private static void Compress(Span<uint> words, ReadOnlySpan<byte> blocks)
    {
        Span<uint> schedule = stackalloc uint[BlockSize];
        ref var w = ref MemoryMarshal.GetReference(schedule);
        ref var constants = ref MemoryMarshal.GetReference(Constants);
        for (; blocks.Length >= BlockSize; blocks = blocks[BlockSize..])
        {
            for (var i = 0; i < 16; i++) Unsafe.Add(ref w, i) = BinaryPrimitives.ReadUInt32BigEndian(blocks[(i * sizeof(uint))..]);
            for (var i = 16; i < BlockSize; i++)
            {
                var (far, near) = (Unsafe.Add(ref w, i - 15), Unsafe.Add(ref w, i - 2));
                Unsafe.Add(ref w, i) = Unsafe.Add(ref w, i - 16) + Unsafe.Add(ref w, i - 7)
                    + (uint.RotateRight(far, 7) ^ uint.RotateRight(far, 18) ^ (far >> 3))
                    + (uint.RotateRight(near, 17) ^ uint.RotateRight(near, 19) ^ (near >> 10));
            }
            var (a, b, c, d, e, f, g, h) = (words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
            for (var i = 0; i < BlockSize; i += 8)
            {
                h += Mix(e, f, g) + Unsafe.Add(ref w, i) + Unsafe.Add(ref constants, i);
                d += h;
                h += Sum(a, b, c);
                g += Mix(d, e, f) + Unsafe.Add(ref w, i + 1) + Unsafe.Add(ref constants, i + 1);
                c += g;
                g += Sum(h, a, b);
                f += Mix(c, d, e) + Unsafe.Add(ref w, i + 2) + Unsafe.Add(ref constants, i + 2);
                b += f;
                f += Sum(g, h, a);
                e += Mix(b, c, d) + Unsafe.Add(ref w, i + 3) + Unsafe.Add(ref constants, i + 3);
                a += e;
                e += Sum(f, g, h);
                d += Mix(a, b, c) + Unsafe.Add(ref w, i + 4) + Unsafe.Add(ref constants, i + 4);
                h += d;
                d += Sum(e, f, g);
                c += Mix(h, a, b) + Unsafe.Add(ref w, i + 5) + Unsafe.Add(ref constants, i + 5);
                g += c;
                c += Sum(d, e, f);
                b += Mix(g, h, a) + Unsafe.Add(ref w, i + 6) + Unsafe.Add(ref constants, i + 6);
                f += b;
                b += Sum(c, d, e);
                a += Mix(f, g, h) + Unsafe.Add(ref w, i + 7) + Unsafe.Add(ref constants, i + 7);
                e += a;
                a += Sum(b, c, d);
            }
            words[0] += a;
            words[1] += b;
            words[2] += c;
            words[3] += d;
            words[4] += e;
            words[5] += f;
            words[6] += g;
            words[7] += h;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint e, uint f, uint g) =>
        (uint.RotateRight(e, 6) ^ uint.RotateRight(e, 11) ^ uint.RotateRight(e, 25)) + (g ^ (e & (f ^ g)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Sum(uint a, uint b, uint c) =>
        (uint.RotateRight(a, 2) ^ uint.RotateRight(a, 13) ^ uint.RotateRight(a, 22)) + ((a & b) | (c & (a | b)));

    /// <summary>The first 32 bits of the fractional parts of the cube roots of the first 64 primes.</summary>
    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];
}
