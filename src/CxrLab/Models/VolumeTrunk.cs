using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Med3D's 3-D ResNet without an end: a 7×7×7 stem, then four stages of which the third and fourth widen their view by dilation 2 and 4
/// instead of a stride. [B, C, D, H, W] → [B, 512 · e, D/8, H/8, W/8]. It is no module itself, so its layers keep MedicalNet's bare keys.
/// </summary>
internal sealed class VolumeTrunk
{
    internal VolumeTrunk(int inputChannels, int[] blocks, bool bottleneck, VolumeShortcut shortcut)
    {
        int channels = 64;
        Layers =
        [
            ("conv1", Conv3d(inputChannels, 64, 7, stride: 2, padding: 3, bias: false)),
            ("bn1", new SafeBatchNorm(64)),
            ("relu", ReLU()),
            ("maxpool", MaxPool3d(3, stride: 2, padding: 1)),
            ("layer1", Stage(64, blocks[0], 1, 1)),
            ("layer2", Stage(128, blocks[1], 2, 1)),
            ("layer3", Stage(256, blocks[2], 1, 2)),
            ("layer4", Stage(512, blocks[3], 1, 4)),
        ];
        Channels = channels;

        TorchSharp.Modules.Sequential Stage(int width, int count, int stride, int dilation)
        {
            var stage = new List<(string, Module<Tensor, Tensor>)>();
            for (int i = 0; i < count; i++)
            {
                int step = i == 0 ? stride : 1;
                stage.Add(($"{i}", bottleneck ? VolumeBlock.Bottleneck(channels, width, step, dilation, shortcut) : VolumeBlock.Plain(channels, width, step, dilation, shortcut)));
                channels = bottleneck ? 4 * width : width;
            }

            return Sequential(stage);
        }
    }

    internal IReadOnlyList<(string Name, Module<Tensor, Tensor> Module)> Layers { get; }

    /// <summary>Channels of the output.</summary>
    internal int Channels { get; }

    internal Tensor Apply(Tensor volumes)
    {
        using var scope = NewDisposeScope();
        Tensor maps = volumes;
        foreach ((_, Module<Tensor, Tensor> layer) in Layers) maps = layer.call(maps);
        return maps.MoveToOuterDisposeScope();
    }
}
