using BenchmarkDotNet.Attributes;
using CxrLab.Explain;
using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Benchmarks;

/// <summary>
/// All 14 findings of a batch of radiographs in DenseNet-121, against one forward pass without gradients; the aim is at most 1.15 × for
/// CAM and 1.5 × for Grad-CAM. The naive way, one Grad-CAM through the whole network for each finding and image, is beside them.
/// </summary>
public class ExplanationBenchmark
{
    private const int Images = 4;
    private CxrModel model = null!;
    private Tensor batch = null!;
    private IReadOnlyList<Target> targets = [];

    [GlobalSetup]
    public void Build()
    {
        TorchRuntime.Prepare();
        model = ModelCatalog.Create("densenet121", LabelSet.Nih14);
        model.eval();
        batch = randn(Images, 1, 224, 224);
        targets = Target.Each(Images, LabelSet.Nih14);
    }

    [GlobalCleanup]
    public void Remove()
    {
        batch.Dispose();
        model.Dispose();
    }

    [Benchmark(Baseline = true)]
    public float Forward()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return model.call(batch).sum().item<float>();
    }

    [Benchmark]
    public int CamOfAllFindings() => new ClassActivationMap().Explain(model, batch, targets).Count;

    [Benchmark]
    public int GradCamOfAllFindings() => new GradCam().Explain(model, batch, targets).Count;

    [Benchmark]
    public int GradCamOneByOne()
    {
        using var scope = NewDisposeScope();
        return targets.Count(target => Cam.Grad(model, batch[target.Image], target.Finding).Height > 0);
    }
}
