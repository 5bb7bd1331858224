using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// 3-D residual network of Med3D (Chen et al., arXiv 1904.00625) as a classifier of volumes [B, C, D, H, W], with the keys of its code,
/// MedicalNet, up to <c>layer4</c>; then the mean over all voxels and one linear layer <c>fc</c>. Features [B, D, d/8, h/8, w/8].
/// </summary>
public abstract class Med3DResNet : CxrModel, IGapLinear
{
    private readonly VolumeTrunk trunk;
    private readonly Linear fc;

    private protected Med3DResNet(string name, LabelSet labels, int inputChannels, int[] blocks, bool bottleneck, VolumeShortcut shortcut) : base(name, labels, inputChannels)
    {
        trunk = new VolumeTrunk(inputChannels, blocks, bottleneck, shortcut);
        foreach ((string key, Module<Tensor, Tensor> layer) in trunk.Layers) register_module(key, layer);
        register_module("fc", fc = Linear(trunk.Channels, labels.Count));
        Initialisation.KaimingNormal(this, init.FanInOut.FanOut);
    }

    /// <inheritdoc/>
    public override int Dimensions => 3;

    /// <inheritdoc/>
    public Tensor ClassifierWeight => fc.weight;

    /// <inheritdoc/>
    public Tensor ClassifierBias => fc.bias!;

    /// <summary>Volumes [B, C, D, H, W] → [B, 512 · e, D/8, H/8, W/8], after their final ReLU.</summary>
    public override Tensor Features(Tensor images) => trunk.Apply(images);

    /// <summary>[B, 512 · e, d, h, w] → logits [B, K].</summary>
    public override Tensor Head(Tensor features) => GapLinear.Apply(features, fc);

    private protected override IReadOnlyList<(string, Module<Tensor, Tensor>)> Chain => trunk.Layers;
}

/// <summary>3-D ResNet-10: one plain block per stage. Features [B, 512, D/8, H/8, W/8].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
/// <param name="shortcut">The published weights have B.</param>
public sealed class Med3DResNet10(LabelSet labels, int inputChannels = 1, VolumeShortcut shortcut = VolumeShortcut.Projection)
    : Med3DResNet("med3d-resnet10", labels, inputChannels, [1, 1, 1, 1], bottleneck: false, shortcut);

/// <summary>3-D ResNet-18: two plain blocks per stage. Features [B, 512, D/8, H/8, W/8].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
/// <param name="shortcut">The published weights have A.</param>
public sealed class Med3DResNet18(LabelSet labels, int inputChannels = 1, VolumeShortcut shortcut = VolumeShortcut.Padding)
    : Med3DResNet("med3d-resnet18", labels, inputChannels, [2, 2, 2, 2], bottleneck: false, shortcut);

/// <summary>3-D ResNet-34: 3, 4, 6 and 3 plain blocks. Features [B, 512, D/8, H/8, W/8].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
/// <param name="shortcut">The published weights have A.</param>
public sealed class Med3DResNet34(LabelSet labels, int inputChannels = 1, VolumeShortcut shortcut = VolumeShortcut.Padding)
    : Med3DResNet("med3d-resnet34", labels, inputChannels, [3, 4, 6, 3], bottleneck: false, shortcut);

/// <summary>3-D ResNet-50: 3, 4, 6 and 3 bottleneck blocks. Features [B, 2048, D/8, H/8, W/8].</summary>
/// <param name="labels">Findings; logit k belongs to label k.</param>
/// <param name="inputChannels">1 or 3.</param>
/// <param name="shortcut">The published weights have B.</param>
public sealed class Med3DResNet50(LabelSet labels, int inputChannels = 1, VolumeShortcut shortcut = VolumeShortcut.Projection)
    : Med3DResNet("med3d-resnet50", labels, inputChannels, [3, 4, 6, 3], bottleneck: true, shortcut);
