using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// DenseNet-121 (Huang et al., CVPR 2017), the network of CheXNet, with torchvision's keys and initialisation: four blocks of
/// 6, 12, 24 and 16 layers, each of which adds 32 channels. Features [B, 1024, H/32, W/32].
/// </summary>
public sealed class DenseNet121 : CxrModel, IGapLinear
{
    private const int Growth = 32;
    private static readonly int[] Blocks = [6, 12, 24, 16];

    private readonly Sequential features;
    private readonly Linear classifier;

    /// <param name="labels">Findings; logit k belongs to label k.</param>
    /// <param name="inputChannels">1 or 3.</param>
    public DenseNet121(LabelSet labels, int inputChannels = 1) : base("densenet121", labels, inputChannels)
    {
        features = Sequential(Layers(inputChannels));
        classifier = Linear(1024, labels.Count);
        RegisterComponents();
        Initialisation.KaimingNormal(this, init.FanInOut.FanIn);
        init.zeros_(classifier.bias);
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => classifier.weight;

    /// <inheritdoc/>
    public Tensor ClassifierBias => classifier.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        var maps = features.call(images);                     // [B, 1024, H/32, W/32]
        // torchvision applies this ReLU outside its features; an explanation needs it inside.
        return functional.relu(maps).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => GapLinear.Apply(features, classifier); // [B, K]

    private static IEnumerable<(string, Module<Tensor, Tensor>)> Layers(int inputChannels)
    {
        int channels = 2 * Growth;
        yield return ("conv0", Conv2d(inputChannels, channels, 7, stride: 2, padding: 3, bias: false));
        yield return ("norm0", BatchNorm2d(channels));
        yield return ("relu0", ReLU());
        yield return ("pool0", MaxPool2d(3, stride: 2, padding: 1));
        for (int i = 0; i < Blocks.Length; i++)
        {
            yield return ($"denseblock{i + 1}", new DenseBlock(Blocks[i], channels, Growth));
            channels += Blocks[i] * Growth;
            if (i == Blocks.Length - 1) break;
            yield return ($"transition{i + 1}", Transition(channels));
            channels /= 2;
        }

        yield return ("norm5", BatchNorm2d(channels));
    }

    private static Sequential Transition(int channels) => Sequential(
        ("norm", (Module<Tensor, Tensor>)BatchNorm2d(channels)),
        ("relu", ReLU()),
        ("conv", Conv2d(channels, channels / 2, 1, bias: false)),
        ("pool", AvgPool2d(2, stride: 2)));
}
