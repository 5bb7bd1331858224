using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Residual network (He et al., CVPR 2016) with torchvision's keys and initialisation: four stages of residual blocks.
/// Features [B, D, H/32, W/32].
/// </summary>
public abstract class ResNet : CxrModel, IGapLinear
{
    private readonly Conv2d conv1;
    private readonly SafeBatchNorm bn1;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1;
    private readonly Sequential layer2;
    private readonly Sequential layer3;
    private readonly Sequential layer4;
    private readonly Linear fc;

    private protected ResNet(string name, LabelSet labels, int inputChannels, int[] blocks, bool bottleneck) : base(name, labels, inputChannels)
    {
        conv1 = Conv2d(inputChannels, 64, 7, stride: 2, padding: 3, bias: false);
        bn1 = new SafeBatchNorm(64);
        maxpool = MaxPool2d(3, stride: 2, padding: 1);
        int channels = 64;
        layer1 = Stage(ref channels, 64, blocks[0], 1, bottleneck);
        layer2 = Stage(ref channels, 128, blocks[1], 2, bottleneck);
        layer3 = Stage(ref channels, 256, blocks[2], 2, bottleneck);
        layer4 = Stage(ref channels, 512, blocks[3], 2, bottleneck);
        fc = Linear(channels, labels.Count);
        RegisterComponents();
        Initialisation.KaimingNormal(this, init.FanInOut.FanOut);
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => fc.weight;

    /// <inheritdoc/>
    public Tensor ClassifierBias => fc.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        var stem = maxpool.call(functional.relu(bn1.call(conv1.call(images))));          // [B, 64, H/4, W/4]
        var maps = layer4.call(layer3.call(layer2.call(layer1.call(stem))));             // [B, D, H/32, W/32]
        return maps.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features) => GapLinear.Apply(features, fc); // [B, K]

    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)> Chain =>
        [("conv1", conv1), ("bn1", bn1), ("relu", ReLU()), ("maxpool", maxpool), ("layer1", layer1), ("layer2", layer2), ("layer3", layer3), ("layer4", layer4)];

    private static Sequential Stage(ref int channels, int width, int blocks, int stride, bool bottleneck)
    {
        var stage = new List<(string, Module<Tensor, Tensor>)>();
        for (int i = 0; i < blocks; i++)
        {
            int step = i == 0 ? stride : 1;
            stage.Add(($"{i}", bottleneck ? ResidualBlock.Bottleneck(channels, width, step) : ResidualBlock.Plain(channels, width, step)));
            channels = bottleneck ? 4 * width : width;
        }

        return Sequential(stage);
    }
}

/// <summary>ResNet-18: two plain blocks per stage. Features [B, 512, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class ResNet18(LabelSet labels, int inputChannels = 1) : ResNet("resnet18", labels, inputChannels, [2, 2, 2, 2], bottleneck: false);

/// <summary>ResNet-34: 3, 4, 6 and 3 plain blocks. Features [B, 512, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class ResNet34(LabelSet labels, int inputChannels = 1) : ResNet("resnet34", labels, inputChannels, [3, 4, 6, 3], bottleneck: false);

/// <summary>ResNet-50: 3, 4, 6 and 3 bottleneck blocks. Features [B, 2048, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class ResNet50(LabelSet labels, int inputChannels = 1) : ResNet("resnet50", labels, inputChannels, [3, 4, 6, 3], bottleneck: true);

/// <summary>ResNet-101: 3, 4, 23 and 3 bottleneck blocks. Features [B, 2048, H/32, W/32].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
public sealed class ResNet101(LabelSet labels, int inputChannels = 1) : ResNet("resnet101", labels, inputChannels, [3, 4, 23, 3], bottleneck: true);
