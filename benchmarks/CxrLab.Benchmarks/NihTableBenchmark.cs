using BenchmarkDotNet.Attributes;
using CxrLab.Data;

namespace CxrLab.Benchmarks;

/// <summary>
/// Reading the whole NIH table (112,120 rows, gzipped) into an index; the aim is under 0.5 s and 150 MB. The folder comes from the
/// environment variable <c>CXRLAB_NIH</c>, else from <c>../shared/realdata/nih</c> beside the repository.
/// </summary>
[MemoryDiagnoser]
public class NihTableBenchmark
{
    private string root = "";

    [GlobalSetup]
    public void FindTable()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CxrLab.sln"))) folder = folder.Parent;
        root = Environment.GetEnvironmentVariable("CXRLAB_NIH") ?? Path.Combine(folder!.FullName, "..", "shared", "realdata", "nih");
        if (!Directory.Exists(root)) throw new DirectoryNotFoundException($"{root} isn't there; set CXRLAB_NIH to the folder of Data_Entry_2017_v2020.csv.");
    }

    [Benchmark]
    public int ReadWholeTable() => NihChestXray14.Read(root, ImageRule.Optional).Count;
}
