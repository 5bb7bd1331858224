using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CxrLab.Notebooks.Jupyter;

/// <summary>
/// What the client tells the kernel at start: five ports and the key that signs messages
/// (Jupyter's messaging documentation, "Connection files").
/// </summary>
internal sealed record ConnectionFile
{
    [JsonPropertyName("ip"), JsonRequired] public string Ip { get; init; } = "";

    [JsonPropertyName("transport")] public string Transport { get; init; } = "tcp";

    [JsonPropertyName("shell_port"), JsonRequired] public int ShellPort { get; init; }

    [JsonPropertyName("control_port"), JsonRequired] public int ControlPort { get; init; }

    [JsonPropertyName("stdin_port"), JsonRequired] public int StdinPort { get; init; }

    [JsonPropertyName("iopub_port"), JsonRequired] public int IoPubPort { get; init; }

    [JsonPropertyName("hb_port"), JsonRequired] public int HeartbeatPort { get; init; }

    /// <summary>Empty: messages aren't signed.</summary>
    [JsonPropertyName("key")] public string Key { get; init; } = "";

    [JsonPropertyName("signature_scheme")] public string SignatureScheme { get; init; } = MessageSigner.Scheme;

    /// <exception cref="KernelException">The file isn't there, isn't such a file, or asks for what this kernel doesn't do.</exception>
    public static ConnectionFile Read(string path)
    {
        if (!File.Exists(path)) throw new KernelException($"There is no connection file '{path}'. Jupyter writes it when it starts a kernel.");
        ConnectionFile file;
        try
        {
            file = JsonSerializer.Deserialize<ConnectionFile>(File.ReadAllText(path)) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new KernelException($"{path} isn't a Jupyter connection file: {error.Message}");
        }
        if (file.Refusal() is string reason) throw new KernelException($"{path}: {reason}");
        return file;
    }

    /// <summary>The address of a port, as ZeroMQ writes it.</summary>
    public string Address(int port) => Ip.Contains(':') ? $"tcp://[{Ip}]:{port}" : $"tcp://{Ip}:{port}";

    private string? Refusal()
    {
        if (Transport != "tcp") return $"transport '{Transport}' isn't supported; start Jupyter with --KernelManager.transport=tcp.";
        if (SignatureScheme != MessageSigner.Scheme) return $"signature scheme '{SignatureScheme}' isn't supported; this kernel signs with {MessageSigner.Scheme}.";
        // Whoever reaches a port and knows the key runs code: that is for this machine only.
        if (Ip != "localhost" && !(IPAddress.TryParse(Ip, out IPAddress? address) && IPAddress.IsLoopback(address)))
            return $"the kernel listens on this machine's own address only, not on '{Ip}'; start Jupyter with --KernelManager.ip=127.0.0.1.";
        foreach (int port in new[] { ShellPort, ControlPort, StdinPort, IoPubPort, HeartbeatPort })
            if (port is < 1 or > 65535) return $"{port} isn't a port number.";
        return null;
    }
}
