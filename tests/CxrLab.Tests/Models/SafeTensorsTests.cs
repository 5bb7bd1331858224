using System.Text;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models;

public class SafeTensorsTests
{
    [Fact]
    public void Load_WhatSaveWrote_IsEqualInTypeShapeAndNumbers()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var tensors = new Dictionary<string, Tensor>
        {
            ["f32"] = randn(2, 3),
            ["strided"] = randn(4, 3).t(),
            ["f64"] = randn(5, dtype: ScalarType.Float64),
            ["i64"] = tensor(long.MinValue),
            ["i32"] = tensor(new[] { 1, -2 }),
            ["i16"] = tensor(new short[] { short.MinValue, 7 }),
            ["i8"] = tensor(new sbyte[] { -128, 127 }),
            ["u8"] = tensor(new byte[] { 0, 255 }),
            ["bool"] = tensor(new[] { true, false, true }),
            ["empty"] = zeros(0, 3),
            ["ключ \"ü\""] = ones(1),
        };
        SafeTensors.Save(folder.File("a.safetensors"), tensors, new Dictionary<string, string> { ["who"] = "Röntgen" });
        var (loaded, metadata) = SafeTensors.Load(folder.File("a.safetensors"));
        Assert.Equal("Röntgen", Assert.Single(metadata).Value);
        Assert.Equal(tensors.Keys.Order(StringComparer.Ordinal), loaded.Keys.Order(StringComparer.Ordinal));
        foreach ((string key, Tensor tensor) in tensors)
        {
            Assert.Equal(tensor.dtype, loaded[key].dtype);
            Assert.Equal(tensor.shape, loaded[key].shape);
            Assert.True(Close.Same(tensor, loaded[key]), key);
        }

        Assert.Equal(["a.safetensors"], folder.Names());
    }

    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3C, 0x00, 0xC1 }, 1f, -2.5f)]
    [InlineData("BF16", new byte[] { 0x80, 0x3F, 0x20, 0xC0 }, 1f, -2.5f)]
    public void Load_HalfPrecision_WidensToFloat(string type, byte[] data, float first, float second)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("h"), Bytes($$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]}}""", data));
        Tensor x = SafeTensors.Load(folder.File("h")).Tensors["x"];
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal([first, second], x.data<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "x", "twice")]
    [InlineData("""{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", "x", "Q4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "x", "4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", "x", "4 bytes")]
    [InlineData("""{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "x", "-1")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "x", "4, 0")]
    [InlineData("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "x", "begin 4")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "x", "end 8")]
    [InlineData("""{"x":{"dtype":"F32","data_offsets":[0,4]}}""", "x", "shape")]
    [InlineData("""{"x":7}""", "x", "dtype")]
    [InlineData("""{"__metadata__":{"a":1}}""", "__metadata__", "'a'")]
    [InlineData("""{}""", null, "4 bytes")]
    [InlineData("""[]""", null, "Array")]
    [InlineData("""{"x":""", null, "JSON")]
    public void Load_BadHeader_NamesFileKeyAndFault(string header, string? key, string fault)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("bad"), Bytes(header, new byte[4]));
        var error = Assert.Throws<WeightsException>(() => SafeTensors.Load(folder.File("bad")));
        Assert.Equal(folder.File("bad"), error.File);
        Assert.Equal(key, error.Key);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryTruncation_IsRefusedWithoutLeak()
    {
        using var folder = new TempFolder();
        using var x = randn(3);
        using var y = tensor(7L);
        SafeTensors.Save(folder.File("whole"), new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y });
        byte[] whole = File.ReadAllBytes(folder.File("whole"));
        long before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.File("cut"), whole[..length]);
            Assert.Throws<WeightsException>(() => SafeTensors.Load(folder.File("cut")));
        }

        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Load_FlippedHeaderBytes_NeverThrowsAnythingElse()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        SafeTensors.Save(folder.File("whole"), new Dictionary<string, Tensor> { ["x"] = ones(3), ["y"] = ones(2) });
        byte[] whole = File.ReadAllBytes(folder.File("whole"));
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(whole.Length - 20)] = (byte)random.Next(256);
            File.WriteAllBytes(folder.File("damaged"), damaged);
            Exception? error = Record.Exception(() => SafeTensors.Load(folder.File("damaged")));
            Assert.True(error is null or WeightsException, error?.ToString());
        }
    }

    [Fact]
    public void Load_ThousandsOfDamagedFiles_AreReadOrRefusedByName()
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        SafeTensors.Save(folder.File("whole"), new Dictionary<string, Tensor> { ["x"] = ones(3), ["y.z"] = ones(2, 2).to_type(ScalarType.BFloat16) }, new Dictionary<string, string> { ["a"] = "b" });
        byte[] whole = File.ReadAllBytes(folder.File("whole"));
        var random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 2000; i++)
        {
            using var one = NewDisposeScope();
            File.WriteAllBytes(folder.File("damaged"), Data.Fixtures.Damage.Of(whole, "damaged", random));
            Exception? error = Record.Exception(() => WeightsFile.Read(folder.File("damaged")));
            Assert.True(error is null or WeightsException, $"file {i}: {error}");
            if (error is not null) refused++;
        }

        Assert.True(refused > 1000, $"only {refused} of 2000 damages were noticed");
    }

    [Fact]
    public void Save_FailureWhileWriting_LeavesThePreviousFileOnly()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a"), "previous");
        Assert.Throws<IOException>(() => AtomicFile.Write(folder.File("a"), stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("The disk is full.");
        }));
        Assert.Equal("previous", File.ReadAllText(folder.File("a")));
        Assert.Equal(["a"], folder.Names());
    }

    [Fact]
    public void Save_TypeWithoutName_NamesTheKey()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.File("a"), "previous");
        using var half = zeros(2, dtype: ScalarType.ComplexFloat32);
        var error = Assert.Throws<WeightsException>(() => SafeTensors.Save(folder.File("a"), new Dictionary<string, Tensor> { ["c"] = half }));
        Assert.Equal("c", error.Key);
        Assert.Equal("previous", File.ReadAllText(folder.File("a")));
    }

    private static byte[] Bytes(string header, byte[] data) =>
        [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. data];
}
