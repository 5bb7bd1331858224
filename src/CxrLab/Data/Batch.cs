using static TorchSharp.torch;

namespace CxrLab.Data;

/// <summary>Some images of an index with their targets. Dispose it after the step.</summary>
public sealed class Batch : IDisposable
{
    internal Batch(Tensor images, Tensor targets, Tensor known, IReadOnlyList<CxrRecord> records, Tensor? lungMasks = null) =>
        (Images, Targets, Known, Records, LungMasks) = (images, targets, known, records, lungMasks);

    /// <summary>[B, C, H, W] float32, normalised, on the CPU.</summary>
    public Tensor Images { get; }

    /// <summary>[B, K] float32, 0 or 1; 0 where unknown.</summary>
    public Tensor Targets { get; }

    /// <summary>[B, K] float32; 1 where the target is known, 0 where the loss must ignore it.</summary>
    public Tensor Known { get; }

    /// <summary>[B, 1, H, W] float32, 1 in the lungs and 0 elsewhere, moved as the image was; null unless <see cref="LoaderOptions.LungMasks"/>.</summary>
    public Tensor? LungMasks { get; }

    /// <summary>The B records in the order of the rows.</summary>
    public IReadOnlyList<CxrRecord> Records { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Images.Dispose();
        Targets.Dispose();
        Known.Dispose();
        LungMasks?.Dispose();
    }
}
