using System.Globalization;

namespace CxrLab.Notebooks.Formatting;

/// <summary>
/// A TorchSharp tensor, known by name, so a notebook may bring any version: shape, type, device, range and first values; one that looks
/// like an image is shown as one too. Every tensor made on the way is disposed.
/// </summary>
internal static class TensorView
{
    private const int FirstValues = 6;
    private const int SmallestSide = 16;
    private const int LargestSide = 8192;

    public static bool IsTensor(object? value) => value?.GetType().FullName == "TorchSharp.torch+Tensor";

    public static Dictionary<string, string>? Of(object value)
    {
        if (!IsTensor(value)) return null;
        dynamic tensor = value;
        if ((bool)tensor.IsInvalid) return new() { ["text/plain"] = "tensor (disposed)" };
        long[] shape = tensor.shape;
        string type = ((object)tensor.dtype).ToString()!;
        string text = $"tensor [{string.Join(", ", shape)}] {type} on {tensor.device}";
        if ((long)tensor.numel() == 0 || type.StartsWith("Complex", StringComparison.Ordinal)) return new() { ["text/plain"] = text };
        dynamic single = Enum.Parse(((object)tensor.dtype).GetType(), "Float32");
        using dynamic detached = tensor.detach();
        using dynamic near = detached.cpu();
        using dynamic numbers = near.to_type(single);
        using dynamic flat = numbers.flatten();
        using dynamic least = flat.min();
        using dynamic most = flat.max();
        using dynamic mean = flat.mean();
        float min = least.item<float>(), max = most.item<float>(), average = mean.item<float>();
        using dynamic head = flat.narrow(0L, 0L, Math.Min(FirstValues, (long)flat.numel()));
        float[] first = head.data<float>().ToArray();
        string dots = (long)flat.numel() > FirstValues ? ", …" : "";
        text += string.Create(CultureInfo.InvariantCulture, $"\nmin {min:g6}, mean {average:g6}, max {max:g6}\n")
            + $"[{string.Join(", ", first.Select(item => item.ToString("g5", CultureInfo.InvariantCulture)))}{dots}]";
        var bundle = new Dictionary<string, string> { ["text/plain"] = text };
        if (IsImage(shape)) bundle["image/png"] = Picture(flat.data<float>().ToArray(), shape, min, max);
        return bundle;
    }

    /// <summary>[H, W], [1 or 3, H, W] or a batch of one of these, with sides of an image's size.</summary>
    private static bool IsImage(long[] shape)
    {
        if (shape.Length is < 2 or > 4 || (shape.Length == 4 && shape[0] != 1) || (shape.Length >= 3 && shape[^3] is not (1 or 3))) return false;
        return shape[^1] is >= SmallestSide and <= LargestSide && shape[^2] is >= SmallestSide and <= LargestSide;
    }

    private static string Picture(float[] values, long[] shape, float min, float max)
    {
        int channels = shape.Length >= 3 ? (int)shape[^3] : 1, height = (int)shape[^2], width = (int)shape[^1];
        // Values in [0, 1] keep their brightness; any other range is stretched, or a normalised image would be black.
        (float low, float high) = min >= 0 && max <= 1 ? (0f, 1f) : (min, max);
        return Convert.ToBase64String(Png.Thumbnail(values, channels, height, width, low, high));
    }
}
