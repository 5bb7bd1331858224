using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// A small network for lectures on a CPU: a few blocks of 3×3 convolution, batch norm and ReLU, then global average pooling and
/// one linear layer. The first block halves the image at once, where most of the arithmetic would be; later blocks halve by
/// max pooling, the last keeps its size so that a heat map has cells to show.
/// </summary>
public sealed class CxrNet : CxrModel, IGapLinear
{
    private readonly Sequential features;
    private readonly Linear classifier;

    /// <param name="labels">Findings.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="widths">Channels of each block, multiples of 16 for speed; 16, 32, 64, 96 where null.</param>
    public CxrNet(LabelSet labels, int inputChannels = 1, IReadOnlyList<int>? widths = null) : base("cxrnet", labels, inputChannels)
    {
        int[] channels = [inputChannels, .. widths ?? [16, 32, 64, 96]];
        if (channels.Length < 2 || channels.Any(width => width < 1)) throw new ArgumentException($"A network needs at least one block of positive width; got {string.Join("-", channels)}.", nameof(widths));
        var layers = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 1; i < channels.Length; i++)
        {
            layers.Add(($"conv{i}", Conv2d(channels[i - 1], channels[i], 3, stride: i == 1 ? 2 : 1, padding: 1, bias: false)));
            layers.Add(($"norm{i}", BatchNorm2d(channels[i])));
            layers.Add(($"relu{i}", ReLU()));
            if (i > 1 && i < channels.Length - 1) layers.Add(($"pool{i}", MaxPool2d(2)));
        }

        features = Sequential(layers);
        classifier = Linear(channels[^1], labels.Count);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => classifier.weight!;

    /// <inheritdoc/>
    public Tensor ClassifierBias => classifier.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images) => features.call(images); // [B, D, h, w]

    /// <inheritdoc/>
    public override Tensor Head(Tensor features)
    {
        using Tensor pooled = features.mean([2, 3]); // [B, D]
        return classifier.call(pooled);              // [B, K]
    }
}
