using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// The course's small network: blocks of 3×3 convolution, batch norm and ReLU, each at half the size of the one before, then the
/// mean over all pixels and one linear layer. It trains on a laptop's CPU in minutes.
/// </summary>
public sealed class CxrNet : CxrModel, IGapLinear
{
    private readonly Sequential features;
    private readonly Linear classifier;

    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="widths">Channels of each block; null means 16, 32, 64, 96, with features of 1/8 of the image's size.</param>
    /// <exception cref="ArgumentException">There is no width, or one isn't positive.</exception>
    public CxrNet(LabelSet labels, int inputChannels = 1, IReadOnlyList<int>? widths = null) : base("cxrnet", labels, inputChannels)
    {
        widths ??= [16, 32, 64, 96];
        if (widths.Count == 0 || widths.Any(width => width < 1))
            throw new ArgumentException($"Every block needs at least one channel; got [{string.Join(", ", widths)}].", nameof(widths));
        features = Sequential(Layers(inputChannels, widths));
        classifier = Linear(widths[^1], labels.Count);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => classifier.weight;

    /// <inheritdoc/>
    public Tensor ClassifierBias => classifier.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => features.call(images); // [B, D, H/8, W/8]

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => GapLinear.Apply(features, classifier); // [B, K]

    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)> Chain => [("features", features)];

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Layers(int channels, IReadOnlyList<int> widths)
    {
        for (int i = 0; i < widths.Count; i++)
        {
            // The first block halves the image by its stride: at full size it would cost more than all others together.
            yield return ($"conv{i + 1}", Conv2d(channels, widths[i], 3, stride: i == 0 ? 2 : 1, padding: 1, bias: false));
            yield return ($"norm{i + 1}", new SafeBatchNorm(widths[i]));
            yield return ($"relu{i + 1}", ReLU());
            if (i > 0 && i < widths.Count - 1) yield return ($"pool{i + 1}", MaxPool2d(2));
            channels = widths[i];
        }
    }
}
