using static TorchSharp.torch;

namespace CxrLab.Models;

/// <summary>
/// Compares the images that a model is shown with the range it knows. On the CPU every batch costs one pass over its pixels, less than
/// a thousandth of the cheapest network; elsewhere the answer would have to wait for the device, so there only batches 1, 2, 4, 8, …
/// are read. After its one warning a lenient guard looks no more.
/// </summary>
internal sealed class InputGuard
{
    private InputRange? range;
    private long calls;
    private bool warned;

    internal InputRange? Range
    {
        get => range;
        set => (range, calls, warned) = (value, 0, false);
    }

    internal bool Strict { get; set; }

    internal Action<string> Warning { get; set; } = Console.Error.WriteLine;

    internal void Check(string model, Tensor images)
    {
        if (range is null || images.numel() == 0 || (warned && !Strict)) return;
        calls++;
        if (images.device_type != TorchSharp.DeviceType.CPU && (calls & (calls - 1)) != 0) return;
        (double lowest, double highest) = Extremes(images);
        if (range.Problem(lowest, highest) is not { } problem) return;
        string message = $"{model} was trained on pixels that are {range}, but this batch has {problem}. Its answers would be nonsense; bring the images to that range first, or correct the model's {nameof(CxrModel.InputRange)}.";
        if (Strict) throw new ArgumentException(message, nameof(images));
        warned = true;
        Warning(message);
    }

    private static (double Lowest, double Highest) Extremes(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        (Tensor lowest, Tensor highest) = images.detach().aminmax();
        return (lowest.to_type(ScalarType.Float64).item<double>(), highest.to_type(ScalarType.Float64).item<double>());
    }
}
