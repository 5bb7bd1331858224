using System.Text.Json.Nodes;
using CxrLab.Notebooks.Tests.Support;

namespace CxrLab.Notebooks.Tests.Packages;

/// <summary>Slow: TorchSharp as a notebook of another project brings it, in a process of its own.</summary>
public sealed class TorchPackageTests
{
    private const string Setup = """
        #r "nuget: TorchSharp, 0.107.0"
        #r "nuget: libtorch-cpu-linux-x64, 2.10.0"
        using TorchSharp;
        """;

    // Ten input channels: the shape that is wrong without the guard where the CPU hides its caches.
    private const string Convolution = """
        torch.manual_seed(1);
        var x = torch.randn(2, 10, 32, 32);
        var w = torch.randn(24, 10, 3, 3);
        var single = torch.nn.functional.conv2d(x, w);
        var exact = torch.nn.functional.conv2d(x.to(torch.float64), w.to(torch.float64));
        var error = (single.to(torch.float64) - exact).abs().max().item<double>();
        error < 1e-3 ? "right" : $"wrong by {error}"
        """;

    [Fact]
    public async Task Run_TorchSharpAsPackage_ConvolvesRightAndShowsTensors()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The packages named here are those of Linux.");
        using var folder = new TempFolder();
        folder.Write("torch.ipynb", Build.Notebook(Setup, Convolution, "torch.linspace(0, 1, 64 * 48).reshape(1, 1, 48, 64)"));
        Cli.Result result = await Cli.Run(folder.Path, "run", "torch.ipynb", "--in-place");
        Assert.SkipWhen(result.Out.Contains("There is no package", StringComparison.Ordinal) || result.Out.Contains("can't be reached", StringComparison.Ordinal), "The packages aren't served here.");
        Assert.True(result.ExitCode == 0, result.Out + result.Error);
        JsonArray cells = folder.Read("torch.ipynb")["cells"]!.AsArray();
        Assert.Equal("right", LiveSession.Text(cells[1]!["outputs"]![0], "text/plain"));
        JsonNode tensor = cells[2]!["outputs"]![0]!;
        Assert.StartsWith("tensor [1, 1, 48, 64] Float32 on cpu\nmin 0, mean 0.5, max 1\n[0, 0.00032", LiveSession.Text(tensor, "text/plain"), StringComparison.Ordinal);
        Assert.StartsWith("iVBORw0KGgo", tensor["data"]!["image/png"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
