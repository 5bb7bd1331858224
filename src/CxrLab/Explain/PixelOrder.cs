using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>Pixels in the order of their evidence.</summary>
internal static class PixelOrder
{
    /// <summary>Numbers of the pixels in reading order, the strongest evidence first; equal ones stay in reading order.</summary>
    internal static int[] Strongest(Heatmap map)
    {
        float[] values = [.. map.Values.Cast<float>()];
        return [.. Enumerable.Range(0, values.Length).OrderByDescending(i => values[i])];
    }

    /// <summary>A mask [H, W] with 1 at the first pixels of an order.</summary>
    internal static float[] FirstOf(int[] order, int count)
    {
        float[] mask = new float[order.Length];
        for (int i = 0; i < count; i++) mask[order[i]] = 1;
        return mask;
    }

    /// <summary>The map in the image's size, for the checks that change pixels.</summary>
    internal static Heatmap InSizeOf(Tensor image, Heatmap map) =>
        map.Height == image.shape[^2] && map.Width == image.shape[^1] ? map : map.Resize((int)image.shape[^2], (int)image.shape[^1]);
}
