using System.Text.Json;
using CxrLab.Models;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Checkpoints as PyTorch writes them.</summary>
public class PyTorchCheckpointTests
{
    private const string Script = """
        import json, sys, torch, warnings
        warnings.simplefilter('ignore')
        torch.manual_seed(0)
        base = torch.randn(4, 6)
        d = {'f32': torch.randn(2, 3), 'f64': torch.randn(3, dtype=torch.float64), 'f16': torch.randn(5).half(), 'bf16': torch.randn(5).bfloat16(),
             'i64': torch.tensor([-2**62, 7]), 'i32': torch.tensor([-5, 6], dtype=torch.int32), 'i16': torch.tensor([-300, 2], dtype=torch.int16),
             'i8': torch.tensor([-128, 127], dtype=torch.int8), 'u8': torch.tensor([0, 255], dtype=torch.uint8), 'bool': torch.tensor([True, False, True]),
             'scalar': torch.tensor(2.5), 'empty': torch.zeros(0, 3), 'transposed': base.t(), 'column': base[:, 2], 'inner': base[1:3, 2:5], 'whole': base,
             'parameter': torch.nn.Parameter(torch.randn(2, 2)), 'channels.last': torch.randn(1, 3, 2, 2).contiguous(memory_format=torch.channels_last)}
        m = torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))
        s = m.state_dict()
        torch.save(d, sys.argv[1], pickle_protocol=int(sys.argv[3]), _use_new_zipfile_serialization=sys.argv[4] == 'zip')
        torch.save({'epoch': 3, 'best': 0.5, 'name': 'Röntgen', 'big': 2**40, 'nothing': None, 'state_dict': s, 'optimizer': {'state': {0: {'step': torch.tensor(4.)}}, 'groups': [{'lr': .1, 'betas': (.9, .999)}]}}, sys.argv[2], pickle_protocol=int(sys.argv[3]), _use_new_zipfile_serialization=sys.argv[4] == 'zip')
        print(json.dumps([{k: {'shape': list(v.shape), 'values': v.detach().double().flatten().tolist()} for k, v in x.items()} for x in (d, s)]))
        """;

    [Theory]
    [InlineData(2, "zip")]
    [InlineData(4, "zip")]
    [InlineData(5, "zip")]
    [InlineData(2, "before 1.6")]
    [InlineData(3, "before 1.6")]
    [InlineData(4, "before 1.6")]
    [InlineData(5, "before 1.6")]
    public void Load_WrittenByPyTorch_IsEqual(int protocol, string format)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        JsonElement written = PythonTorch.Run(Script, folder.File("plain.pt"), folder.File("wrapped.pt"), $"{protocol}", format);
        WeightsFile plain = WeightsFile.Read(folder.File("plain.pt")), wrapped = WeightsFile.Read(folder.File("wrapped.pt"));
        Same(written[0], plain);
        Same(written[1], wrapped);
        Assert.Equal(ScalarType.Float32, plain.Tensors["bf16"].dtype);
        Assert.Equal(ScalarType.Int64, plain.Tensors["i64"].dtype);
        Assert.Equal(long.MinValue / 2, plain.Tensors["i64"][0].item<long>());
        Assert.Equal(ScalarType.Bool, plain.Tensors["bool"].dtype);
        // A view and its whole share memory again.
        plain.Tensors["whole"].zero_();
        Assert.Equal(0, plain.Tensors["column"].abs().sum().item<float>());
        Assert.Equal(["weights taken from 'state_dict'", "left out, beside the weights: 1 tensor of 'optimizer'"], wrapped.Notes.Where(note => !note.Contains("before 1.6", StringComparison.Ordinal)));
        Assert.Equal(format == "zip" ? 2 : 3, wrapped.Notes.Count);
        Assert.Equal(("3", "0.5", "Röntgen", "1099511627776", "None", "0.999"), (wrapped.Words["epoch"], wrapped.Words["best"], wrapped.Words["name"], wrapped.Words["big"], wrapped.Words["nothing"], wrapped.Words["optimizer.groups.0.betas.1"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_LayoutWrittenByHand_IsEqual(bool newer)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        float[] numbers = [1, 2, 3, 4, 5, 6];
        byte[] pickle = new PickleBytes().OrderedDict().Code("(")
            .Text("a").Tensor("FloatStorage", "0", 6, 0, [2, 3], [3, 1], newer)
            .Text("b").Tensor("FloatStorage", "0", 6, 1, [3, 2], [1, 3])
            .Code("u}").Text("_metadata").OrderedDict().Code("sb").Done;
        var data = new Dictionary<string, byte[]> { ["0"] = [.. numbers.SelectMany(BitConverter.GetBytes)] };
        // b would reach behind the storage with offset 1: first the refusal, then the good file.
        File.WriteAllBytes(folder.File("a.pt"), TorchZip.Checkpoint(pickle, data, newer).Done());
        Assert.Contains("from number 1", Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("a.pt"))).Message, StringComparison.Ordinal);
        pickle = new PickleBytes().OrderedDict().Code("(").Text("a").Tensor("FloatStorage", "0", 6, 0, [2, 3], [3, 1], newer).Text("b").Tensor("FloatStorage", "0", 6, 1, [2, 2], [3, 1]).Code("u").Done;
        File.WriteAllBytes(folder.File("a.pt"), TorchZip.Checkpoint(pickle, data, newer).Done());
        WeightsFile file = WeightsFile.Read(folder.File("a.pt"));
        Assert.Equal("PyTorch", file.Format);
        Assert.True(Close.Same(tensor(numbers).reshape(2, 3), file.Tensors["a"]));
        Assert.True(Close.Same(tensor(new[] { 2f, 3, 5, 6 }).reshape(2, 2), file.Tensors["b"]));
        Assert.Empty(file.Notes);
    }

    [Fact]
    public void Load_ModelFromTrainingScript_IsUnwrappedRenamedAndReported()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel saved = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"), seed: 1), model = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"), seed: 2);
        File.WriteAllBytes(folder.File("m.pth"), Saved(saved, key => "module." + key));
        LoadReport report = Weights.Load(model, folder.File("m.pth"));
        Assert.True(report.IsComplete);
        Assert.Contains("weights taken from 'state_dict'", report.Adapted);
        Assert.Contains("module.classifier.weight → classifier.weight", report.Adapted);
        saved.eval();
        model.eval();
        var image = randn(1, 1, 32, 32);
        Close.Assert(saved.call(image), model.call(image), 0);
    }

    [Fact]
    public void Load_NaNWeights_AreRefusedAndTheModelKept()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using CxrModel saved = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"), seed: 1), model = ModelCatalog.Create("cxrnet", new LabelSet("Mass", "Nodule"), seed: 2);
        Tensor before = model.state_dict()["classifier.weight"].clone();
        using (no_grad()) saved.state_dict()["classifier.bias"][1] = float.NaN;
        File.WriteAllBytes(folder.File("m.pth"), Saved(saved, key => key));
        var error = Assert.Throws<WeightsException>(() => Weights.Load(model, folder.File("m.pth")));
        Assert.Equal("classifier.bias", error.Key);
        Assert.Contains("1 of 2 numbers NaN", error.Message, StringComparison.Ordinal);
        Assert.True(Close.Same(before, model.state_dict()["classifier.weight"]));
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 4, 0x95, 10, 0, 0, 0, 1 }, "Python pickle")]
    [InlineData(new byte[] { 0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10 }, "HDF5")]
    [InlineData(new byte[] { 0x1f, 0x8b, 8, 0, 1, 2, 3, 4 }, "gzipped")]
    [InlineData(new byte[] { (byte)'<', (byte)'!', (byte)'D', (byte)'O', (byte)'C', (byte)'T', (byte)'Y', (byte)'P' }, "web page")]
    [InlineData(new byte[0], "0 bytes")]
    public void Read_OtherFormat_IsNamed(byte[] bytes, string name)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder.File("x"), bytes);
        Assert.Contains(name, Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("x"))).Message, StringComparison.Ordinal);
    }

    private static byte[] Saved(CxrModel model, Func<string, string> rename)
    {
        var pickle = new PickleBytes().Code("}(").Text("epoch").Number(7).Text("state_dict").OrderedDict().Code("(");
        var data = new Dictionary<string, byte[]>();
        foreach ((string key, Tensor tensor) in model.state_dict())
        {
            string record = $"{data.Count}";
            pickle.Text(rename(key)).Tensor(tensor.dtype == ScalarType.Int64 ? "LongStorage" : "FloatStorage", record, tensor.numel(), 0, tensor.shape, tensor.stride());
            data[record] = tensor.contiguous().bytes.ToArray();
        }

        return TorchZip.Checkpoint(pickle.Code("uu").Done, data).Done();
    }

    private static void Same(JsonElement written, WeightsFile file)
    {
        Assert.Equal(written.EnumerateObject().Count(), file.Tensors.Count);
        foreach (JsonProperty property in written.EnumerateObject())
        {
            Tensor tensor = file.Tensors[property.Name];
            Assert.Equal(property.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), tensor.shape);
            Assert.Equal(property.Value.GetProperty("values").EnumerateArray().Select(value => value.GetDouble()), tensor.to_type(ScalarType.Float64).contiguous().flatten().data<double>().ToArray());
        }
    }
}
