using System.Text;
using System.Text.Json.Nodes;
using CxrLab.Notebooks.Jupyter;

namespace CxrLab.Notebooks.Tests.Jupyter;

public sealed class WireFormatTests
{
    private const string Key = "a0436f6c-1916-498b-8eb9-e81ab9368e84";
    private static readonly byte[][] Request = [.. new[] { "{\"msg_id\":\"1\",\"msg_type\":\"kernel_info_request\"}", "{}", "{}", "{}" }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void Sign_Frames_EqualsPythonsHmac() =>
        Assert.Equal("23d21ade63d42fc48bbe2721cd9045ceffb260c3521b7d246495f23adfca79a0", Encoding.ASCII.GetString(new MessageSigner(Key).Sign(Request)));

    [Fact]
    public void Sign_WithoutAKey_IsEmptyAndAcceptsAnything()
    {
        Assert.Empty(new MessageSigner("").Sign(Request));
        Assert.True(new MessageSigner("").IsValid("x"u8.ToArray(), Request));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var format = new WireFormat(new MessageSigner(Key));
        IReadOnlyList<byte[]> frames = format.Write(["client"u8.ToArray()], "execute_request", Request[0], new JsonObject { ["code"] = "\"ü\" + '\\n'", ["silent"] = true });
        JupyterMessage message = format.Read(frames);
        Assert.Equal("execute_request", message.Type);
        Assert.Equal("\"ü\" + '\\n'", message.Text("code"));
        Assert.True(message.Flag("silent", false));
        Assert.Equal("client"u8.ToArray(), Assert.Single(message.Identities));
        Assert.Equal(Request[0], frames[4]); // the parent goes back byte by byte
    }

    [Fact]
    public void Read_AnyFlippedBit_IsRefused()
    {
        var format = new WireFormat(new MessageSigner(Key));
        List<byte[]> frames = ["<IDS|MSG>"u8.ToArray(), new MessageSigner(Key).Sign(Request), .. Request];
        format.Read(frames);
        for (int frame = 1; frame < frames.Count; frame++)
            for (int bit = 0; bit < frames[frame].Length * 8; bit++)
            {
                frames[frame][bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.Throws<FormatException>(() => format.Read(frames));
                frames[frame][bit / 8] ^= (byte)(1 << (bit % 8));
            }
    }
}
