using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Densely connected network (Huang et al., CVPR 2017) with torchvision's keys and initialisation: four blocks whose layers each read
/// all maps before them and add 32. Features [B, D, H/32, W/32].
/// </summary>
public abstract class DenseNet : CxrModel, IGapLinear
{
    private const int Growth = 32;

    private readonly Sequential features;
    private readonly Linear classifier;

    private protected DenseNet(string name, LabelSet labels, int inputChannels, int[] blocks) : base(name, labels, inputChannels)
    {
        int channels = 2 * Growth;
        features = Sequential([.. Layers(inputChannels, blocks, ref channels)]);
        classifier = Linear(channels, labels.Count);
        RegisterComponents();
        Initialisation.KaimingNormal(this, init.FanInOut.FanIn);
        using var scope = NewDisposeScope();
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
        var maps = features.call(images);                     // [B, D, H/32, W/32]
        // torchvision applies this ReLU outside its features; an explanation needs it inside.
        return functional.relu(maps).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => GapLinear.Apply(features, classifier); // [B, K]

    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)> Chain => [("features", features), ("relu", ReLU())];

    private static List<(string, Module<Tensor, Tensor>)> Layers(int inputChannels, int[] blocks, ref int channels)
    {
        List<(string, Module<Tensor, Tensor>)> layers =
        [
            ("conv0", Conv2d(inputChannels, channels, 7, stride: 2, padding: 3, bias: false)),
            ("norm0", new SafeBatchNorm(channels)),
            ("relu0", ReLU()),
            ("pool0", MaxPool2d(3, stride: 2, padding: 1)),
        ];
        for (int i = 0; i < blocks.Length; i++)
        {
            layers.Add(($"denseblock{i + 1}", new DenseBlock(blocks[i], channels, Growth)));
            channels += blocks[i] * Growth;
            if (i == blocks.Length - 1) break;
            layers.Add(($"transition{i + 1}", Transition(channels)));
            channels /= 2;
        }

        layers.Add(("norm5", new SafeBatchNorm(channels)));
        return layers;
    }

    private static Sequential Transition(int channels) => Sequential(
        ("norm", (Module<Tensor, Tensor>)new SafeBatchNorm(channels)),
        ("relu", ReLU()),
        ("conv", Conv2d(channels, channels / 2, 1, bias: false)),
        ("pool", AvgPool2d(2, stride: 2)));
}

/// <summary>DenseNet-121, the network of CheXNet: blocks of 6, 12, 24 and 16 layers. Features [B, 1024, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class DenseNet121(LabelSet labels, int inputChannels = 1) : DenseNet("densenet121", labels, inputChannels, [6, 12, 24, 16]);

/// <summary>DenseNet-169: blocks of 6, 12, 32 and 32 layers. Features [B, 1664, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class DenseNet169(LabelSet labels, int inputChannels = 1) : DenseNet("densenet169", labels, inputChannels, [6, 12, 32, 32]);

/// <summary>DenseNet-201: blocks of 6, 12, 48 and 32 layers. Features [B, 1920, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class DenseNet201(LabelSet labels, int inputChannels = 1) : DenseNet("densenet201", labels, inputChannels, [6, 12, 48, 32]);
