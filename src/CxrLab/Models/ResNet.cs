using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>Residual networks (He et al., CVPR 2016) with torchvision's keys: conv1, bn1, layer1 to layer4, fc.</summary>
public abstract class ResNet : CxrModel, IGapLinear
{
    private readonly Conv2d conv1;
    private readonly BatchNorm2d bn1;
    private readonly MaxPool2d maxpool;
    private readonly Sequential layer1, layer2, layer3, layer4;
    private readonly Linear fc;

    private protected ResNet(string name, LabelSet labels, int inputChannels, int[] blocks, int expansion, Func<int, int, int, Module<Tensor, Tensor>> block)
        : base(name, labels, inputChannels)
    {
        conv1 = Conv2d(inputChannels, 64, 7, stride: 2, padding: 3, bias: false);
        bn1 = BatchNorm2d(64);
        maxpool = MaxPool2d(3, stride: 2, padding: 1);
        int channels = 64;
        Sequential Stage(int width, int count, int stride)
        {
            var layers = new List<Module<Tensor, Tensor>>();
            for (int i = 0; i < count; i++)
            {
                layers.Add(block(channels, width, i == 0 ? stride : 1));
                channels = width * expansion;
            }

            return Sequential(layers.Select((layer, i) => (i.ToString(System.Globalization.CultureInfo.InvariantCulture), layer)).ToArray());
        }

        layer1 = Stage(64, blocks[0], 1);
        layer2 = Stage(128, blocks[1], 2);
        layer3 = Stage(256, blocks[2], 2);
        layer4 = Stage(512, blocks[3], 2);
        fc = Linear(channels, labels.Count);
        RegisterComponents();
        Initialization.ResNet(this);
    }

    /// <inheritdoc/>
    public Tensor ClassifierWeight => fc.weight!;

    /// <inheritdoc/>
    public Tensor ClassifierBias => fc.bias!;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        Tensor x = maxpool.call(bn1.call(conv1.call(images)).relu());                    // [B, 64, H/4, W/4]
        return layer4.call(layer3.call(layer2.call(layer1.call(x)))).MoveToOuterDisposeScope(); // [B, D, H/32, W/32]
    }

    /// <inheritdoc/>
    public override Tensor Head(Tensor features)
    {
        using Tensor pooled = features.mean([2, 3]); // [B, D]
        return fc.call(pooled);                      // [B, K]
    }
}

/// <summary>ResNet-18: two 3×3 convolutions per block.</summary>
public sealed class ResNet18 : ResNet
{
    /// <param name="labels">Findings.</param>
    /// <param name="inputChannels">1 or 3.</param>
    public ResNet18(LabelSet labels, int inputChannels = 1)
        : base("resnet18", labels, inputChannels, [2, 2, 2, 2], 1, (channels, width, stride) => new BasicBlock(channels, width, stride)) { }
}

/// <summary>ResNet-50: 1×1, 3×3 and 1×1 convolutions per block, four times as many channels out.</summary>
public sealed class ResNet50 : ResNet
{
    /// <param name="labels">Findings.</param>
    /// <param name="inputChannels">1 or 3.</param>
    public ResNet50(LabelSet labels, int inputChannels = 1)
        : base("resnet50", labels, inputChannels, [3, 4, 6, 3], BottleneckBlock.Expansion, (channels, width, stride) => new BottleneckBlock(channels, width, stride)) { }
}
