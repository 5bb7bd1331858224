using System.Security.Cryptography;
using System.Text;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// Signs the four JSON frames of a message and checks what arrives. The comparison takes the same time whatever the signature, so
/// that nobody can find a signature out byte by byte.
/// </summary>
/// <param name="key">The connection file's key; empty: nothing is signed and anything is accepted, as Jupyter defines it.</param>
internal sealed class MessageSigner(string key)
{
    public const string Scheme = "hmac-sha256";

    private readonly byte[] keyBytes = Encoding.UTF8.GetBytes(key);

    /// <returns>64 hexadecimal digits in ASCII, or nothing where there is no key.</returns>
    public byte[] Sign(params ReadOnlySpan<byte[]> frames)
    {
        if (keyBytes.Length == 0) return [];
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, keyBytes);
        foreach (byte[] frame in frames) hmac.AppendData(frame);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    public bool IsValid(byte[] signature, params ReadOnlySpan<byte[]> frames) =>
        keyBytes.Length == 0 || CryptographicOperations.FixedTimeEquals(signature, Sign(frames));
}
