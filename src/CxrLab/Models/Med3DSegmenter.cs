using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Med3D (Chen et al., arXiv 1904.00625) as published: the dilated 3-D ResNet and a small decoder, with all of MedicalNet's keys.
/// Volumes [B, C, D, H, W] → class logits [B, classes, D/4, H/4, W/4].
/// </summary>
public sealed class Med3DSegmenter : Module<Tensor, Tensor>
{
    private const int Width = 32;
    private readonly VolumeTrunk trunk;
    private readonly TorchSharp.Modules.Sequential decoder;

    /// <param name="depth">10, 18, 34 or 50.</param>
    /// <param name="classes">Classes of a voxel, background included.</param>
    /// <param name="inputChannels">1 or 3.</param>
    /// <param name="shortcut">Null takes that of the published weights: A for 18 and 34, B for 10 and 50.</param>
    /// <exception cref="ArgumentException">There is no network of that depth.</exception>
    public Med3DSegmenter(int depth, int classes, int inputChannels = 1, VolumeShortcut? shortcut = null) : base(nameof(Med3DSegmenter))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        int[] blocks = depth switch
        {
            10 => [1, 1, 1, 1],
            18 => [2, 2, 2, 2],
            34 or 50 => [3, 4, 6, 3],
            _ => throw new ArgumentException($"There is no 3-D ResNet of depth {depth}; there are 10, 18, 34 and 50.", nameof(depth)),
        };
        trunk = new VolumeTrunk(inputChannels, blocks, bottleneck: depth == 50, shortcut ?? (depth is 18 or 34 ? VolumeShortcut.Padding : VolumeShortcut.Projection));
        decoder = Sequential(
            ("0", (Module<Tensor, Tensor>)Initialisation.Owned(() => ConvTranspose3d(trunk.Channels, Width, 2, stride: 2))),
            ("1", new SafeBatchNorm(Width)),
            ("2", ReLU()),
            ("3", Conv3d(Width, Width, 3, padding: 1, bias: false)),
            ("4", new SafeBatchNorm(Width)),
            ("5", ReLU()),
            ("6", Conv3d(Width, classes, 1, bias: false)));
        foreach ((string key, Module<Tensor, Tensor> layer) in trunk.Layers) register_module(key, layer);
        register_module("conv_seg", decoder);
        Initialisation.KaimingNormal(this, init.FanInOut.FanOut);
    }

    /// <summary>Volumes [B, C, D, H, W] → class logits [B, classes, D/4, H/4, W/4].</summary>
    public override Tensor forward(Tensor volumes)
    {
        using var scope = NewDisposeScope();
        return decoder.call(trunk.Apply(volumes)).MoveToOuterDisposeScope();
    }
}
