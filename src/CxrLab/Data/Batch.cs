using static TorchSharp.torch;

namespace CxrLab.Data;

/// <summary>Some images of an index with their targets. Dispose it after the step.</summary>
public sealed class Batch : IDisposable
{
    internal Batch(Tensor images, Tensor targets, Tensor known, IReadOnlyList<CxrRecord> records) =>
        (Images, Targets, Known, Records) = (images, targets, known, records);

    /// <summary>[B, C, H, W] float32, normalised, on the CPU.</summary>
    public Tensor Images { get; }

    /// <summary>[B, K] float32, 0 or 1; 0 where unknown.</summary>
    public Tensor Targets { get; }

    /// <summary>[B, K] float32; 1 where the target is known, 0 where the loss must ignore it.</summary>
    public Tensor Known { get; }

    /// <summary>The B records in the order of the rows.</summary>
    public IReadOnlyList<CxrRecord> Records { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Targets.Dispose();
        Known.Dispose();
    }
}
