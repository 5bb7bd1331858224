using System.Text.Json;
using CxrLab.Models;
using CxrLab.Tests.Data.Fixtures;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Checkpoints in PyTorch's format before 1.6, by hand: good ones, and such as are made to hurt. PyTorch's own are in <see cref="PyTorchCheckpointTests"/>.</summary>
public class OldCheckpointTests
{
    private static readonly float[] Numbers = [1, 2, 3, 4, 5, 6];
    private static readonly byte[] Bytes = [.. Numbers.SelectMany(BitConverter.GetBytes)];
    private static readonly TorchStream Good = new(TorchStream.Tensor(new PickleBytes().Code("}").Text("a"), "FloatStorage", "7", 6, 0, [2, 3], [3, 1]).Code("s").Done) { Data = [("7", 6, Bytes)] };

    public static TheoryData<string> Names => [.. Hostile.Keys];

    // What the file does, and a word that the refusal must say.
    private static readonly Dictionary<string, (byte[] File, string Word)> Hostile = new()
    {
        ["os.system"] = (Object(p => p.Global("os", "system").Text("true").Raw(0x85).Code("R")), "os.system"),
        ["eval as the version"] = ((Good with { Version = new PickleBytes().Global("builtins", "eval").Text("1").Raw(0x85).Code("R").Done }).Done, "builtins.eval"),
        ["call as the machine"] = ((Good with { Machine = new PickleBytes().Global("os", "system").Text("true").Raw(0x85).Code("R").Done }).Done, "os.system"),
        ["call as the keys"] = ((Good with { Keys = new PickleBytes().Global("os", "system").Text("true").Raw(0x85).Code("R").Done }).Done, "os.system"),
        ["whole model"] = (Object(p => p.Code("(").Text("module").Global("torchvision.models.densenet", "DenseNet").Text("f.py").Text("import os").Code("tQ")), "torchvision.models.densenet.DenseNet"),
        ["module of an allowed name"] = (Object(p => p.Code("(").Text("module").Global("collections", "OrderedDict").Text("f.py").Text("import os").Code("tQ")), "collections.OrderedDict with its source"),
        ["storage of five parts"] = (Object(p => p.Storage("FloatStorage", "7", 6)), "outside the pickle"),
        ["storage of no type"] = (Object(p => TorchStream.Storage(p, "Size", "7", 6)), "torch.Size"),
        ["storage of cuda's module"] = (Object(p => p.Global("torch.cuda", "FloatStorage")), "torch.cuda.FloatStorage"),
        ["another version"] = ((Good with { Version = new PickleBytes().Number(1002).Done }).Done, "version 1002"),
        ["a word as the version"] = ((Good with { Version = new PickleBytes().Text("1001").Done }).Done, "version a word"),
        ["big-endian"] = ((Good with { Machine = TorchStream.Little(false) }).Done, "big-endian"),
        ["no machine"] = ((Good with { Machine = new PickleBytes().Code("N").Done }).Done, "None in place of the machine"),
        ["keys that are no list"] = ((Good with { Keys = new PickleBytes().Code(")").Done }).Done, "a tuple in place of the storages' keys"),
        ["keys that are numbers"] = ((Good with { Keys = new PickleBytes().Code("]").Number(7).Code("a").Done }).Done, "a list of words"),
        ["key of nothing"] = ((Good with { Data = [("7", 6, Bytes), ("8", 1, new byte[4])] }).Done, "'8', which nothing refers to"),
        ["key twice"] = ((Good with { Data = [("7", 6, Bytes), ("7", 6, Bytes)] }).Done, "'7' twice"),
        ["key not there"] = ((Good with { Data = [] }).Done, "no numbers of storage '7'"),
        ["fewer numbers than said"] = ((Good with { Data = [("7", 5, Bytes[..20])] }).Done, "5 numbers in storage '7'"),
        ["more numbers than said"] = ((Good with { Data = [("7", 7, [.. Bytes, .. Bytes])] }).Done, "7 numbers in storage '7'"),
        ["numbers below zero"] = ((Good with { Data = [("7", -6, Bytes)] }).Done, "-6 numbers in storage '7'"),
        ["count cut off"] = ((Good with { Data = [], Keys = TorchStream.List(["7"]), Tail = [6, 0, 0] }).Done, "before storage '7'"),
        ["numbers cut off"] = (Good.Done[..^1], "23 bytes of storage '7'"),
        ["bytes behind"] = ((Good with { Tail = [1] }).Done, "1 bytes behind the last storage"),
        ["storage larger than the file"] = (Object(p => TorchStream.Storage(p, "FloatStorage", "7", 1L << 40)), "of 1099511627776 numbers"),
        ["storage that overflows"] = (Object(p => TorchStream.Storage(p, "DoubleStorage", "7", long.MaxValue)), "9223372036854775807 numbers"),
        ["storage below zero"] = (Object(p => TorchStream.Storage(p, "FloatStorage", "7", -6)), "of -6 numbers"),
        ["storage of two types"] = (Object(p => TorchStream.Storage(TorchStream.Storage(p, "FloatStorage", "7", 6).Code("0"), "IntStorage", "7", 6)), "FloatStorage and"),
        ["piece behind the end"] = (Object(p => TorchStream.Storage(p, "FloatStorage", "7", 6, (4, 3))), "a piece of 3 numbers from number 4"),
        ["piece below zero"] = (Object(p => TorchStream.Storage(p, "FloatStorage", "7", 6, (-1, 3))), "from number -1"),
        ["piece that overflows"] = (Object(p => TorchStream.Storage(p, "FloatStorage", "7", 6, (1, long.MaxValue))), "9223372036854775807 numbers"),
        ["tensor larger than its piece"] = (Object(p => TorchStream.Tensor(p, "FloatStorage", "7", 6, 0, [4], [1], (1, 3))), "within its 3 numbers"),
        ["overlapping rows"] = (Object(p => TorchStream.Tensor(p, "FloatStorage", "7", 6, 0, [3, 2], [1, 1])), "don't overlap"),
        ["only the magic number"] = (TorchStream.Magic, "end of the file"),
        ["no keys"] = (Good.Done[..(TorchStream.Magic.Length + Good.Version.Length + Good.Machine.Length + Good.Object.Length)], "end of the file"),
        ["two values"] = ((Good with { Version = new PickleBytes().Code("NN").Done }).Done, "2 values"),
        ["magic number of another length"] = ([.. TorchStream.Magic[..^1], 0, .. Good.Done], "a plain Python pickle"),
        ["pairs that are none"] = (Object(p => p.Global("collections", "OrderedDict").Code("(](](").Text("a").Code("eetR")), "OrderedDict"),
        ["many instructions"] = (Object(p => p.Raw([.. Enumerable.Repeat((byte)'N', 4_100_000)])), "4000000 instructions"),
        ["tar"] = ([.. new byte[5], .. Enumerable.Repeat((byte)'x', 252), .. "ustar\0"u8], "tar archive"),
    };

    [Theory, MemberData(nameof(Names))]
    public void Read_HostileFile_IsRefusedByNameWithLittleMemory(string name)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        (byte[] file, string word) = Hostile[name];
        File.WriteAllBytes(folder.File("m.pth"), file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("m.pth")));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder.File("m.pth"), error.File);
        Assert.True(allocated < (100 << 20) + (file.Length * 40L), $"{allocated} bytes for a file of {file.Length}");
        Assert.Equal(["m.pth"], folder.Names());
    }

    [Fact]
    public void Read_PiecesAndPython2Pairs_AreWhatTheySay()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        // OrderedDict([['a', tensor], ['b', tensor of a piece]]), with the older word for a tensor.
        PickleBytes pickle = new PickleBytes().Code("}").Text("state_dict").Global("collections", "OrderedDict").Code("(](]");
        TorchStream.Tensor(pickle.Code("(").Raw((byte)'U', 1, (byte)'a'), "FloatStorage", "7", 6, 0, [2, 3], [3, 1]).Code("e](").Raw((byte)'U', 1, (byte)'b').Global("torch._utils", "_rebuild_tensor").Code("(");
        TorchStream.Storage(pickle, "FloatStorage", "7", 6, (2, 3)).Number(1).Numbers(2).Numbers(1).Code("tReetRs");
        File.WriteAllBytes(folder.File("m.pth"), new TorchStream(pickle.Done) { Data = [("7", 6, Bytes)] }.Done);
        WeightsFile file = WeightsFile.Read(folder.File("m.pth"));
        Assert.True(Close.Same(tensor(Numbers).reshape(2, 3), file.Tensors["a"]));
        Assert.True(Close.Same(tensor(new[] { 4f, 5 }), file.Tensors["b"]));
        Assert.Contains("before 1.6", file.Notes[0], StringComparison.Ordinal);
        Assert.Equal("weights taken from 'state_dict'", file.Notes[1]);
        file.Tensors["a"].zero_(); // one memory, as when it was saved
        Assert.Equal(0, file.Tensors["b"].abs().sum().item<float>());
    }

    [Fact]
    public void Read_WrittenByPyTorchToRunCommands_RunsNone()
    {
        using var folder = new TempFolder();
        PythonTorch.Run("""
            import os, sys, torch, warnings
            warnings.simplefilter('ignore')
            class Evil:
                def __reduce__(self): return (os.system, ('touch ' + sys.argv[2],))
            holders = [Evil(), {'state_dict': {'a': torch.ones(2), 'b': Evil()}}, [Evil()]]
            for i, holder in enumerate(holders): torch.save(holder, sys.argv[1] + str(i), _use_new_zipfile_serialization=False)
            torch.save(torch.nn.Linear(2, 2), sys.argv[1] + '3', _use_new_zipfile_serialization=False)
            """, folder.File("evil"), folder.File("touched"));
        for (int i = 0; i < 4; i++) Assert.Contains(i < 3 ? "posix.system" : "torch.nn.modules.linear.Linear", Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File($"evil{i}"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("touched")));
    }

    [Fact]
    public void Load_DenseNet121AsTorchvisionPublishesIt_IsCompleteAndEqual()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        // The published file is of 2017: the old format, and keys such as norm.1 for norm1.
        JsonElement sums = PythonTorch.Run("""
            import json, re, sys, torch, warnings
            warnings.simplefilter('ignore')
            try: import torchvision
            except ImportError: print('null'); sys.exit()
            torch.manual_seed(0)
            state = torchvision.models.densenet121().state_dict()
            old = {re.sub(r'(denselayer\d+\.(?:norm|conv))([12])', r'\1.\2', key): value for key, value in state.items() if 'num_batches' not in key}
            assert 'features.denseblock1.denselayer1.norm.1.weight' in old
            torch.save(old, sys.argv[1], _use_new_zipfile_serialization=False)
            print(json.dumps({key: [value.double().sum().item(), value.double().abs().sum().item()] for key, value in state.items() if 'num_batches' not in key}))
            """, folder.File("densenet121.pth"));
        if (sums.ValueKind == JsonValueKind.Null) Assert.Skip("torchvision isn't installed.");
        using CxrModel model = ModelCatalog.Create("densenet121", new LabelSet([.. Enumerable.Range(0, 1000).Select(i => $"class {i}")]), 3, seed: 4);
        LoadReport report = Weights.Load(model, folder.File("densenet121.pth"));
        Assert.Empty(report.Misshaped);
        Assert.Empty(report.Unexpected);
        Assert.All(report.Missing, key => Assert.EndsWith("num_batches_tracked", key, StringComparison.Ordinal));
        Dictionary<string, Tensor> state = model.state_dict();
        foreach (JsonProperty sum in sums.EnumerateObject())
        {
            Tensor wide = state[sum.Name].to_type(ScalarType.Float64);
            double size = sum.Value[1].GetDouble();
            Assert.Equal(sum.Value[0].GetDouble(), wide.sum().item<double>(), 1e-9 * (1 + size));
            Assert.Equal(size, wide.abs().sum().item<double>(), 1e-9 * (1 + size));
        }
    }

    [Fact]
    public void Read_ThousandsOfDamagedFiles_AreReadOrRefusedByName()
    {
        using var folder = new TempFolder();
        PickleBytes pickle = new PickleBytes().Code("}(").Text("epoch").Number(3).Text("list").Code("](").Number(1).Text("x").Code("e").Text("state_dict").OrderedDict().Code("(").Text("a");
        TorchStream.Tensor(TorchStream.Tensor(pickle, "FloatStorage", "7", 6, 0, [2, 3], [3, 1]).Text("b"), "FloatStorage", "7", 6, 1, [2], [1], (2, 4)).Code("uu");
        byte[] whole = new TorchStream(pickle.Done) { Data = [("7", 6, Bytes)] }.Done;
        var random = new Random(11);
        int refused = 0;
        const int Files = 4000;
        for (int i = 0; i < Files; i++)
        {
            using var scope = NewDisposeScope();
            byte[] damaged = Damage.Of(whole, "a.pth", random);
            File.WriteAllBytes(folder.File("damaged"), damaged);
            Exception? error = Record.Exception(() => WeightsFile.Read(folder.File("damaged")));
            Assert.True(error is null or WeightsException, $"file {i}: {error}");
            if (error is not null) refused++;
        }

        Assert.True(refused > Files * 3 / 4, $"only {refused} of {Files} damages were noticed");
    }

    [Fact]
    public void Read_EveryShorterFile_IsRefused()
    {
        using var folder = new TempFolder();
        byte[] whole = Good.Done;
        for (int length = 0; length < whole.Length; length++)
        {
            using var scope = NewDisposeScope();
            File.WriteAllBytes(folder.File("cut"), whole[..length]);
            Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("cut")));
        }
    }

    private static byte[] Object(Action<PickleBytes> write)
    {
        var pickle = new PickleBytes();
        write(pickle);
        return (Good with { Object = pickle.Done }).Done;
    }
}
