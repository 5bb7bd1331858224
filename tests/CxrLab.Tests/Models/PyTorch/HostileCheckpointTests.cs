using System.IO.Compression;
using CxrLab.Models;
using CxrLab.Tests.Data.Fixtures;
using Xunit;
using static TorchSharp.torch;

namespace CxrLab.Tests.Models.PyTorch;

/// <summary>Files made to hurt: each is refused by name, runs nothing and takes little memory.</summary>
public class HostileCheckpointTests
{
    private static readonly Dictionary<string, byte[]> Data = new() { ["0"] = new byte[24] };

    public static TheoryData<string> Names => [.. Hostile.Keys];

    // What the pickle or archive does, and a word that the refusal must say.
    private static readonly Dictionary<string, (byte[] File, string Word)> Hostile = new()
    {
        ["os.system"] = (Pickle(p => p.Global("os", "system").Text("true").Raw(0x85).Code("R")), "os.system"),
        ["posix.system"] = (Pickle(p => p.Global("posix", "system").Text("true").Raw(0x85).Code("R")), "posix.system"),
        ["eval"] = (Pickle(p => p.Global("builtins", "eval").Text("1").Raw(0x85).Code("R")), "builtins.eval"),
        ["getattr"] = (Pickle(p => p.Global("__builtin__", "getattr").Code("0N")), "__builtin__.getattr"),
        ["stack global"] = (Pickle(p => p.Text("subprocess").Text("Popen").Raw(0x93)), "subprocess.Popen"),
        ["stack global of numbers"] = (Pickle(p => p.Number(1).Number(2).Raw(0x93)), "a whole number as a Python name"),
        ["torch.load inside"] = (Pickle(p => p.Global("torch.storage", "_load_from_bytes")), "torch.storage._load_from_bytes"),
        ["dotted name"] = (Pickle(p => p.Global("torch", "hub.load")), "torch.hub.load"),
        ["numpy scalar"] = (Pickle(p => p.Global("numpy.core.multiarray", "scalar")), "numpy.core.multiarray.scalar"),
        ["whole model"] = (Pickle(p => p.Global("torchvision.models.densenet", "DenseNet")), "torchvision.models.densenet.DenseNet"),
        ["inst"] = (Pickle(p => p.Code("(ios\nsystem\n")), "INST"),
        ["obj"] = (Pickle(p => p.Code("(").Global("collections", "OrderedDict").Code("o")), "OBJ"),
        ["newobj"] = (Pickle(p => p.Global("collections", "OrderedDict").Code(")").Raw(0x81)), "NEWOBJ"),
        ["newobj_ex"] = (Pickle(p => p.Global("collections", "OrderedDict").Code(")}").Raw(0x92)), "NEWOBJEX"),
        ["ext1"] = (Pickle(p => p.Raw(0x82, 1)), "EXT1"),
        ["ext2"] = (Pickle(p => p.Raw(0x83, 1, 0)), "EXT2"),
        ["ext4"] = (Pickle(p => p.Raw(0x84, 1, 0, 0, 0)), "EXT4"),
        ["persid"] = (Pickle(p => p.Code("Pfile\n")), "PERSID"),
        ["nested reduce"] = (Pickle(p => p.OrderedDict().Code(")R")), "a call of a dictionary"),
        ["reduce of a storage type"] = (Pickle(p => p.Global("torch", "FloatStorage").Number(9).Raw(0x85).Code("R")), "torch.FloatStorage"),
        ["reduce with words"] = (Pickle(p => p.Global("torch._utils", "_rebuild_tensor_v2").Text("x").Raw(0x85).Code("R")), "_rebuild_tensor_v2"),
        ["dictionary from a call"] = (Pickle(p => p.Global("collections", "OrderedDict").Code("]Na").Raw(0x85).Code("R")), "OrderedDict"),
        ["build on a list"] = (Pickle(p => p.Code("]}b")), "attributes"),
        ["build on a name"] = (Pickle(p => p.Global("collections", "OrderedDict").Code("}b")), "attributes"),
        ["build with a word"] = (Pickle(p => p.OrderedDict().Text("x").Code("b")), "attributes"),
        ["persistent word"] = (Pickle(p => p.Text("../../etc/passwd").Code("Q")), "outside the pickle"),
        ["persistent tuple of 4"] = (Pickle(p => p.Code("(").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Code("tQ")), "outside the pickle"),
        ["persistent of another kind"] = (Pickle(p => p.Code("(").Text("module").Global("torch", "FloatStorage").Text("0").Text("cpu").Number(6).Code("tQ")), "outside the pickle"),
        ["persistent of no type"] = (Pickle(p => p.Code("(").Text("storage").Global("torch", "Size").Text("0").Text("cpu").Number(6).Code("tQ")), "outside the pickle"),
        ["storage that climbs"] = (Pickle(p => p.Storage("FloatStorage", "../data.pkl", 6)), "no record"),
        ["storage that is not there"] = (Pickle(p => p.Storage("FloatStorage", "9", 6)), "'9'"),
        ["storage shorter than said"] = (Pickle(p => p.Storage("FloatStorage", "0", 7)), "7 numbers in 24 bytes"),
        ["storage longer than said"] = (Pickle(p => p.Storage("FloatStorage", "0", 5)), "5 numbers in 24 bytes"),
        ["storage below zero"] = (Pickle(p => p.Storage("FloatStorage", "0", -6)), "-6 numbers"),
        ["storage that overflows"] = (Pickle(p => p.Storage("FloatStorage", "0", 4611686018427387910)), "in 24 bytes"),
        ["storage of two types"] = (Pickle(p => p.Storage("FloatStorage", "0", 6).Code("0").Storage("IntStorage", "0", 6)), "FloatStorage and"),
        ["offset behind"] = (View(7, [1], [1]), "number 7"),
        ["offset below zero"] = (View(-1, [1], [1]), "number -1"),
        ["stride too wide"] = (View(0, [2, 2], [5, 1]), "[5, 1]"),
        ["stride below zero"] = (View(5, [6], [-1]), "below 0"),
        ["size below zero"] = (View(0, [-1], [1]), "below 0"),
        ["sizes that overflow"] = (View(0, [4294967296, 4294967296, 4294967296], [1, 4294967296, long.MaxValue]), "4294967296"),
        ["strides that overflow"] = (View(1, [3, 3], [long.MaxValue, 1]), "9223372036854775807"),
        ["stretched by stride 0"] = (View(0, [1000000000000], [0]), "don't overlap"),
        ["overlapping rows"] = (View(0, [3, 2], [1, 1]), "don't overlap"),
        ["more strides than sizes"] = (View(0, [2], [1, 1]), "one stride per dimension"),
        ["a thousand dimensions"] = (View(0, [.. Enumerable.Repeat(1L, 1000)], [.. Enumerable.Repeat(1L, 1000)]), "at most 32"),
        ["number of 1,000 bytes"] = (Pickle(p => p.Raw(0x8b).Raw(BitConverter.GetBytes(1000)).Raw(new byte[1000])), "1000 bytes"),
        ["text of 2 GB"] = (Pickle(p => p.Code("X").Raw(0xff, 0xff, 0xff, 0x7f)), "2147483647"),
        ["text of 16 EB"] = (Pickle(p => p.Raw(0x8d).Raw(BitConverter.GetBytes(ulong.MaxValue))), "18446744073709551615"),
        ["frame beyond the end"] = (Pickle(p => p.Raw(0x95).Raw(BitConverter.GetBytes(1L << 40))), "1099511627776"),
        ["text that is not UTF-8"] = (Pickle(p => p.Raw((byte)'X', 1, 0, 0, 0, 0xff)), "UTF-8"),
        ["bytes"] = (Pickle(p => p.Code("C").Raw(1, 0)), "SHORTBINBYTES"),
        ["set"] = (Pickle(p => p.Raw(0x8f)), "EMPTYSET"),
        ["buffer"] = (Pickle(p => p.Raw(0x97)), "NEXTBUFFER"),
        ["no instruction"] = (Pickle(p => p.Raw(0xff)), "0xFF"),
        ["memo of nothing"] = (Pickle(p => p.Raw((byte)'j', 0xff, 0xff, 0xff, 0xff)), "4294967295"),
        ["pop of nothing"] = (Pickle(p => p.Code("0")), "more values than there are"),
        ["pop below the mark"] = (Pickle(p => p.Code("N(").Raw(0x85)), "more values"),
        ["group without begin"] = (Pickle(p => p.Code("t")), "never began"),
        ["odd dictionary"] = (Pickle(p => p.Code("}(Nu")), "1 keys and values"),
        ["list as key"] = (Pickle(p => p.Code("}]Ns")), "a list as a dictionary's key"),
        ["items for a tuple"] = (Pickle(p => p.Code(")Na")), "items for a tuple"),
        ["two values"] = (Pickle(p => p.Code("}}")), "2 values"),
        ["protocol 7"] = (TorchZip.Checkpoint([0x80, 7, (byte)'N', (byte)'.'], Data).Done(), "protocol 7"),
        ["no protocol"] = (TorchZip.Checkpoint("N."u8.ToArray(), Data).Done(), "no protocol"),
        ["no end"] = (TorchZip.Checkpoint([0x80, 2, (byte)'}'], Data).Done(), "end of the file"),
        ["list that holds itself"] = (Pickle(p => p.Code("]q").Raw(0).Code("h").Raw(0).Code("a")), "inside each other"),
        ["laughing lists"] = (Pickle(Laughing), "inside each other"),
        ["wide laughing lists"] = (Pickle(p => Laughing(p, 12, 12)), "more than 1000000"),
        ["many instructions"] = (Pickle(p => p.Raw([.. Enumerable.Repeat((byte)'N', 4_100_000)])), "4000000 instructions"),
        ["a number alone"] = (Pickle(p => p.Number(3)), "no tensor"),
        ["tensor alone"] = (View(0, [2, 3], [3, 1]), "without a name"),
        ["key twice"] = (Pickle(p => Named(Named(p.Code("}("), "a"), "a").Code("u")), "'a': found the key twice"),
        ["key twice by dots"] = (Pickle(p => Named(Named(p.Code("}("), "a.b").Text("a").Code("}("), "b").Code("uu")), "'a.b': found the key twice"),
        ["record twice"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done, Data).Add("archive/data/0", new byte[4]).Done(), "twice"),
        ["two roots"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("other/data.pkl", [1]).Done(), "several data.pkl"),
        ["path that climbs"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/../../x", [1]).Done(), "leads out"),
        ["path of Windows"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("C:\\x", [1]).Done(), "leads out"),
        ["path from the root"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("/etc/x", [1]).Done(), "leads out"),
        ["big-endian"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/byteorder", "big"u8.ToArray()).Done(), "big-endian"),
        ["version of tomorrow"] = (new TorchZip().Add("a/data.pkl", new PickleBytes().Code("}").Done).Add("a/version", "99"u8.ToArray()).Done(), "'99'"),
        ["TorchScript"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/code/__torch__.py", [1]).Add("archive/constants.pkl", [1]).Done(), "TorchScript"),
        ["npz"] = (new TorchZip().Add("weight.npy", [1]).Done(), ".npz"),
        ["empty zip"] = (new TorchZip().Done(), "without data.pkl"),
        ["zip bomb"] = (Bomb(), "compressed record"),
        ["claimed size"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/data/1", [1], claimed: 1 << 30).Done(), "compressed record"),
        ["size of both claimed"] = (Lying(), "don't share bytes"),
        ["encrypted"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/data/1", [1], flags: 1).Done(), "encrypted"),
        ["wrong checksum"] = (new TorchZip().Add("a/data.pkl", new PickleBytes().Code("}").Done, checksum: 7).Done(), "checksum"),
        ["cut off"] = (TorchZip.Checkpoint(new PickleBytes().Code("}").Done, Data).Done()[..^30], "can't be read"),
    };

    [Theory, MemberData(nameof(Names))]
    public void Read_HostileFile_IsRefusedByNameWithLittleMemory(string name)
    {
        using var folder = new TempFolder();
        using var scope = NewDisposeScope();
        (byte[] file, string word) = Hostile[name];
        File.WriteAllBytes(folder.File("m.pt"), file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("m.pt")));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(word, error.Message, StringComparison.Ordinal);
        Assert.Equal(folder.File("m.pt"), error.File);
        Assert.True(allocated < (100 << 20) + (file.Length * 40L), $"{allocated} bytes for a file of {file.Length}");
        Assert.Equal(["m.pt"], folder.Names());
    }

    [Fact]
    public void Read_CheckpointThatWouldRunCommands_RunsNone()
    {
        using var folder = new TempFolder();
        PythonTorch.Run("""
            import os, sys, torch
            class Evil:
                def __reduce__(self): return (os.system, ('touch ' + sys.argv[2],))
            for i, holder in enumerate([Evil(), {'state_dict': {'a': torch.ones(2), 'b': Evil()}}, [Evil()]]): torch.save(holder, sys.argv[1] + str(i))
            """, folder.File("evil"), folder.File("touched"));
        for (int i = 0; i < 3; i++) Assert.Contains("posix.system", Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File($"evil{i}"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("touched")));
    }

    [Fact]
    public void Read_TorchScript_IsNamed()
    {
        using var folder = new TempFolder();
        PythonTorch.Run("""
            import sys, torch
            torch.jit.save(torch.jit.script(torch.nn.Linear(2, 2)), sys.argv[1])
            """, folder.File("script"));
        Assert.Contains("TorchScript", Assert.Throws<WeightsException>(() => WeightsFile.Read(folder.File("script"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ThousandsOfDamagedFiles_AreReadOrRefusedByName()
    {
        using var folder = new TempFolder();
        byte[] pickle = Named(Named(new PickleBytes().Code("}(").Text("epoch").Number(3).Text("list").Code("](").Number(1).Text("x").Code("e").Text("state_dict").OrderedDict().Code("("), "a"), "b").Code("uu").Done;
        byte[] whole = TorchZip.Checkpoint(pickle, Data, newer: true).Done();
        var random = new Random(11);
        int refused = 0;
        const int Files = 4000;
        for (int i = 0; i < Files; i++)
        {
            using var scope = NewDisposeScope();
            // Half of the damage is to the pickle, in an archive that is whole: no checksum may stand guard there.
            byte[] damaged = i % 2 == 0 ? TorchZip.Checkpoint(Damage.Of(pickle, "data.pkl", random), Data).Done() : Damage.Of(whole, "a.pt", random);
            File.WriteAllBytes(folder.File("damaged"), damaged);
            Exception? error = Record.Exception(() => WeightsFile.Read(folder.File("damaged")));
            Assert.True(error is null or WeightsException, $"file {i}: {error}");
            if (error is not null) refused++;
        }

        Assert.True(refused > Files / 2, $"only {refused} of {Files} damages were noticed");
    }

    private static byte[] Pickle(Action<PickleBytes> write)
    {
        var pickle = new PickleBytes();
        write(pickle);
        return TorchZip.Checkpoint(pickle.Done, Data).Done();
    }

    private static byte[] View(long offset, long[] shape, long[] stride) => Pickle(p => p.Tensor("FloatStorage", "0", 6, offset, shape, stride));

    private static PickleBytes Named(PickleBytes pickle, string key) => pickle.Text(key).Tensor("FloatStorage", "0", 6, 0, [2, 3], [3, 1]);

    private static void Laughing(PickleBytes pickle) => Laughing(pickle, 100, 2);

    // Each list holds the one before it several times, by reference: few bytes, countless paths.
    private static void Laughing(PickleBytes pickle, int depth, int width)
    {
        pickle.Code("]q").Raw(0).Code("0");
        for (byte i = 1; i <= depth; i++)
        {
            pickle.Code("]q").Raw(i).Code("(");
            for (int k = 0; k < width; k++) pickle.Code("h").Raw((byte)(i - 1));
            pickle.Code("e");
            if (i < depth) pickle.Code("0");
        }
    }

    private static byte[] Bomb()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (Stream entry = zip.CreateEntry("archive/data.pkl", CompressionLevel.SmallestSize).Open()) entry.Write(new PickleBytes().Code("}").Done);
            using (Stream entry = zip.CreateEntry("archive/data/0", CompressionLevel.SmallestSize).Open())
                for (int i = 0; i < 64; i++) entry.Write(new byte[1 << 20]);
        }

        return stream.ToArray();
    }

    // A record that claims more bytes than the file has, in both size fields.
    private static byte[] Lying()
    {
        byte[] file = TorchZip.Checkpoint(new PickleBytes().Code("}").Done).Add("archive/data/1", [1, 2, 3, 4]).Done();
        for (int at = 0; at < file.Length - 8; at++)
            if (file.AsSpan(at, 8).SequenceEqual((byte[])[4, 0, 0, 0, 4, 0, 0, 0])) (file[at + 2], file[at + 6]) = (255, 255);
        return file;
    }
}
