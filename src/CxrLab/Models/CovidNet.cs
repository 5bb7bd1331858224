using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A network in the style of COVID-Net (Wang, Lin and Wong, Sci Rep 2020): four stages of <see cref="PepxBlock"/>s, 3 of 56, 4 of 112,
/// 6 of 216 and 3 of 424 channels, with long-range 1×1 shortcuts, then two linear layers on a 7×7 map. The widths of the original
/// were found by a search and its published weights are of another framework, so there are no weights to load into this one.
/// Features [B, 424, H/32, W/32].
/// </summary>
public sealed class CovidNet : CxrModel
{
    private const int Stem = 56, Width = 424, Grid = 7, Hidden = 512;
    private static readonly (int Channels, int Blocks)[] Plan = [(56, 3), (112, 4), (216, 6), (Width, 3)];

    private readonly Sequential features;
    private readonly Sequential classifier;

    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    public CovidNet(LabelSet labels, int inputChannels = 1) : base("covidnet", labels, inputChannels)
    {
        features = Sequential(Layers(inputChannels));
        classifier = Sequential(("0", (Module<Tensor, Tensor>)Linear(Width * Grid * Grid, Hidden)), ("1", ReLU()), ("2", Linear(Hidden, labels.Count)));
        RegisterComponents();
        Initialisation.KaimingNormal(this, init.FanInOut.FanOut);
    }

    /// <inheritdoc/>
    public override int FeatureChannels => Width;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => features.call(images);

    /// <inheritdoc/>
    public override Tensor Head(Tensor features)
    {
        using var scope = NewDisposeScope();
        // At 224 pixels the map is 7×7 already; at other sizes it is averaged (or repeated) to that.
        var grid = functional.adaptive_avg_pool2d(features, Grid);                       // [B, 424, 7, 7]
        return classifier.call(grid.flatten(1)).MoveToOuterDisposeScope();               // [B, K]
    }

    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)> Chain => [("features", features)];

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Layers(int channels)
    {
        yield return ("conv0", Conv2d(channels, Stem, 7, stride: 2, padding: 3, bias: false));
        yield return ("norm0", new SafeBatchNorm(Stem));
        yield return ("relu0", ReLU());
        yield return ("pool0", MaxPool2d(2));
        channels = Stem;
        for (int i = 0; i < Plan.Length; i++)
        {
            yield return ($"stage{i + 1}", new PepxStage(channels, Plan[i].Channels, Plan[i].Blocks));
            channels = Plan[i].Channels;
            if (i < Plan.Length - 1) yield return ($"pool{i + 1}", MaxPool2d(2));
        }
    }
}
