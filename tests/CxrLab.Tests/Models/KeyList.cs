namespace CxrLab.Tests.Models;

/// <summary>torchvision's state-dict keys with their shapes, written down from the architectures' tables and not from our classes.</summary>
internal static class KeyList
{
    internal static Dictionary<string, long[]> DenseNet121(int channels, int classes)
    {
        var keys = new Dictionary<string, long[]> { ["features.conv0.weight"] = [64, channels, 7, 7] };
        Norm(keys, "features.norm0", 64);
        (int Layers, int From)[] blocks = [(6, 64), (12, 128), (24, 256), (16, 512)];
        for (int b = 1; b <= 4; b++)
        {
            (int layers, int from) = blocks[b - 1];
            for (int l = 1; l <= layers; l++, from += 32)
            {
                string layer = $"features.denseblock{b}.denselayer{l}";
                Norm(keys, $"{layer}.norm1", from);
                keys[$"{layer}.conv1.weight"] = [128, from, 1, 1];
                Norm(keys, $"{layer}.norm2", 128);
                keys[$"{layer}.conv2.weight"] = [32, 128, 3, 3];
            }

            if (b == 4) continue;
            Norm(keys, $"features.transition{b}.norm", from);
            keys[$"features.transition{b}.conv.weight"] = [from / 2, from, 1, 1];
        }

        Norm(keys, "features.norm5", 1024);
        keys["classifier.weight"] = [classes, 1024];
        keys["classifier.bias"] = [classes];
        return keys;
    }

    internal static Dictionary<string, long[]> ResNet(int depth, int channels, int classes)
    {
        var keys = new Dictionary<string, long[]> { ["conv1.weight"] = [64, channels, 7, 7] };
        Norm(keys, "bn1", 64);
        int[] blocks = depth == 18 ? [2, 2, 2, 2] : [3, 4, 6, 3];
        int from = 64;
        for (int s = 1; s <= 4; s++)
        {
            int width = 32 << s, to = depth == 18 ? width : 4 * width;
            for (int b = 0; b < blocks[s - 1]; b++, from = to)
            {
                string block = $"layer{s}.{b}";
                long[][] shapes = depth == 18
                    ? [[width, from, 3, 3], [width, width, 3, 3]]
                    : [[width, from, 1, 1], [width, width, 3, 3], [to, width, 1, 1]];
                for (int c = 1; c <= shapes.Length; c++)
                {
                    keys[$"{block}.conv{c}.weight"] = shapes[c - 1];
                    Norm(keys, $"{block}.bn{c}", shapes[c - 1][0]);
                }

                if (from == to) continue;
                keys[$"{block}.downsample.0.weight"] = [to, from, 1, 1];
                Norm(keys, $"{block}.downsample.1", to);
            }
        }

        keys["fc.weight"] = [classes, from];
        keys["fc.bias"] = [classes];
        return keys;
    }

    private static void Norm(Dictionary<string, long[]> keys, string name, long channels)
    {
        foreach (string part in new[] { "weight", "bias", "running_mean", "running_var" }) keys[$"{name}.{part}"] = [channels];
        keys[$"{name}.num_batches_tracked"] = [];
    }
}
