using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// DenseNet-121 (Huang et al., CVPR 2017), the network of CheXNet, with torchvision's keys. <see cref="Features"/> ends after the
/// last batch norm and its ReLU, where class activation maps must be taken.
/// </summary>
public sealed class DenseNet121 : CxrModel, IGapLinear
{
    private const int Growth = 32;
    private static readonly int[] LayersPerBlock = [6, 12, 24, 16];

    private readonly Sequential features;
    private readonly Linear classifier;

    /// <param name="labels">Findings.</param>
    /// <param name="inputChannels">1 or 3.</param>
    public DenseNet121(LabelSet labels, int inputChannels = 1) : base("densenet121", labels, inputChannels)
    {
        int channels = 2 * Growth;
        var layers = new List<(string, Module<Tensor, Tensor>)>
        {
            ("conv0", Conv2d(inputChannels, channels, 7, stride: 2, padding: 3, bias: false)),
            ("norm0", BatchNorm2d(channels)),
            ("relu0", ReLU()),
            ("pool0", MaxPool2d(3, stride: 2, padding: 1)),
        };
        for (int block = 1; block <= LayersPerBlock.Length; block++)
        {
            layers.Add(($"denseblock{block}", new DenseBlock(channels, LayersPerBlock[block - 1], Growth)));
            channels += LayersPerBlock[block - 1] * Growth;
            if (block == LayersPerBlock.Length) break;
            layers.Add(($"transition{block}", Sequential(
                ("norm", (Module<Tensor, Tensor>)BatchNorm2d(channels)),
                ("relu", ReLU()),
                ("conv", Conv2d(channels, channels / 2, 1, bias: false)),
                ("pool", AvgPool2d(2)))));
            channels /= 2;
        }

        layers.Add(("norm5", BatchNorm2d(channels)));
        features = Sequential(layers);
        classifier = Linear(channels, labels.Count);
        RegisterComponents();
        Initialization.DenseNet(this, classifier);
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => classifier.weight!;

    /// <inheritdoc/>
    public Tensor ClassifierBias => classifier.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using Tensor normed = features.call(images); // [B, 1024, h, w]
        return normed.relu();
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features)
    {
        using Tensor pooled = features.mean([2, 3]); // [B, 1024]
        return classifier.call(pooled);              // [B, K]
    }
}
