using CxrLab.Imaging;

namespace CxrLab.Data;

/// <summary>How a <see cref="BatchLoader"/> turns records into batches. Workers, prefetch and cache change the speed only, never a value.</summary>
public sealed record LoaderOptions
{
    /// <summary>Images are resized to this many rows and columns.</summary>
    public int ImageSize { get; init; } = 128;

    /// <summary>Images per batch; the last batch of an epoch may be smaller.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>1, or 3 to repeat the grey channel for a model that expects colour.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>A new order every epoch (training) or the index's own order (evaluation).</summary>
    public bool Shuffle { get; init; }

    /// <summary>Seed of order and augmentation.</summary>
    public int Seed { get; init; }

    /// <summary>Random changes, drawn anew for each image and epoch.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>The last step before the model.</summary>
    public Normalization Normalization { get; init; } = Normalization.ByImage;

    /// <summary>What uncertain and missing labels mean.</summary>
    public LabelPolicy Policy { get; init; } = LabelPolicy.Ignore;

    /// <summary>Whether batches carry lung masks; every record then needs an outline of both lungs.</summary>
    public bool LungMasks { get; init; }

    /// <summary>U-SelfTrained: another model's probabilities as targets of uncertain cells, in place of <see cref="Policy"/>; null: none.</summary>
    public SelfTrainedTargets? SelfTrained { get; init; }

    /// <summary>Batches prepared at the same time.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>Batches prepared ahead of the model at most; bounds the memory.</summary>
    public int Prefetch { get; init; } = 4;

    /// <summary>Decoded and resized images kept in memory, in megabytes, so that an image file is read once; 0 reads anew every epoch.</summary>
    public int CacheMegabytes { get; init; } = 1024;

    internal void Check()
    {
        if (ImageSize < 1 || BatchSize < 1 || Workers < 1 || Prefetch < 1 || CacheMegabytes < 0)
            throw new ArgumentOutOfRangeException(nameof(LoaderOptions), $"Image size, batch size, workers and prefetch must be positive, the cache not negative; got {this}.");
        if (Channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Channels), $"A model takes 1 or 3 channels; got {Channels}.");
    }
}
