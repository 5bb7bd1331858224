using CxrLab.Imaging;
using static TorchSharp.torch;

namespace CxrLab.Data;

/// <summary>
/// Serves an index batch by batch, prepared ahead by workers. The order of epoch e comes from (seed, e) and the augmentation of
/// record i from (seed, e, i), so every number of workers gives the same batches.
/// </summary>
public sealed class BatchLoader
{
    private readonly ImageCache cache;

    /// <param name="index">The records; each needs its image file.</param>
    /// <param name="options">Size, batch, seed, augmentation and policy.</param>
    /// <exception cref="ArgumentException">An option is out of range, the index is empty, or a record has no image.</exception>
    public BatchLoader(CxrIndex index, LoaderOptions options)
    {
        options.Check();
        if (index.Count == 0) throw new ArgumentException($"'{index.Name}' has no images to load.\n{index}", nameof(index));
        if (index.Records.FirstOrDefault(record => record.ImagePath is null) is { } without)
            throw new ArgumentException($"{without.ImageId} has no image file; read the index with images required, or filter such records out.", nameof(index));
        if (options.LungMasks && index.Records.FirstOrDefault(record => !LungMask.IsOutlined(record)) is { } bare)
            throw new ArgumentException($"{bare.ImageId} has no outline of both lungs; keep the records that have one with index.WithLungMasks().", nameof(index));
        (Index, Options, cache) = (index, options, new ImageCache(options.CacheMegabytes * 1_000_000L));
    }

    /// <summary>The records served.</summary>
    public CxrIndex Index { get; }

    /// <summary>How they are served.</summary>
    public LoaderOptions Options { get; }

    /// <summary>Batches per epoch.</summary>
    public int BatchCount => (Index.Count + Options.BatchSize - 1) / Options.BatchSize;

    /// <summary>All batches of an epoch; dispose each after use.</summary>
    /// <param name="epoch">Number of the epoch; decides order and augmentation.</param>
    /// <param name="cancellation">Stops the workers.</param>
    /// <exception cref="SampleException">An image couldn't be prepared; thrown when its batch is reached.</exception>
    public IEnumerable<Batch> Epoch(int epoch, CancellationToken cancellation = default)
    {
        int[] order = Order(epoch);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var workers = new SemaphoreSlim(Options.Workers);
        var ahead = new Queue<Task<RawBatch>>();
        int next = 0;
        try
        {
            while (true)
            {
                for (; ahead.Count < Options.Prefetch && next < BatchCount; next++)
                {
                    int[] positions = order[(next * Options.BatchSize)..Math.Min((next + 1) * Options.BatchSize, order.Length)];
                    ahead.Enqueue(PrepareAsync(positions, epoch, workers, stop.Token));
                }

                if (!ahead.TryDequeue(out Task<RawBatch>? first)) yield break;
                yield return ToBatch(first.GetAwaiter().GetResult());
            }
        }
        finally
        {
            stop.Cancel();
            // A worker must not outlive the epoch; what it still finds wrong belongs to a batch that nobody asked for.
            Task.WhenAll(ahead).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait(CancellationToken.None);
        }
    }

    /// <summary>Positions of the index's records in the order of an epoch.</summary>
    internal int[] Order(int epoch)
    {
        int[] order = [.. Enumerable.Range(0, Index.Count)];
        if (Options.Shuffle) CxrLab.Seed.Random(Options.Seed, epoch).Shuffle(order);
        return order;
    }

    private async Task<RawBatch> PrepareAsync(int[] positions, int epoch, SemaphoreSlim workers, CancellationToken cancellation)
    {
        await workers.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Prepare(positions, epoch, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            workers.Release();
        }
    }

    private RawBatch Prepare(int[] positions, int epoch, CancellationToken cancellation)
    {
        int findings = Index.Labels.Count, area = Options.ImageSize * Options.ImageSize;
        var raw = new RawBatch(positions, new float[positions.Length * area], new float[positions.Length * findings], new float[positions.Length * findings],
            Options.LungMasks ? new float[positions.Length * area] : null);
        for (int row = 0; row < positions.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            CxrRecord record = Index.Records[positions[row]];
            (GrayImage image, GrayImage? mask) = Load(positions[row], record, epoch);
            Options.Normalization.Write(image, raw.Images.AsSpan(row * area, area));
            for (int i = 0; mask is not null && i < area; i++) raw.Masks![(row * area) + i] = mask.Pixels[i] >= 0.5f ? 1 : 0;
            for (int k = 0; k < findings; k++)
                (raw.Targets[row * findings + k], raw.Known[row * findings + k]) = Options.SelfTrained is { } own ? own.Apply(record, Index.Labels, Index.Labels[k]) : Options.Policy.Apply(record.Labels[k]);
        }

        return raw;
    }

    private (GrayImage Image, GrayImage? Mask) Load(int position, CxrRecord record, int epoch)
    {
        try
        {
            GrayImage image = cache.Get(position, () => record.ReadImage().Resize(Options.ImageSize, Options.ImageSize));
            // Positions of images count from 0, so the complement is free for their masks.
            GrayImage? mask = Options.LungMasks ? cache.Get(~position, () => LungMask.ReadLungMask(record, Options.ImageSize)) : null;
            if (Options.Augmentation == Augmentation.None) return (image, mask);
            ImageChange change = Options.Augmentation.Draw(CxrLab.Seed.Random(Options.Seed, epoch, position));
            return (change.Apply(image), mask is null ? null : change.ApplyToMask(mask));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new SampleException(Index.Name, position, record, error);
        }
    }

    private Batch ToBatch(RawBatch raw)
    {
        long rows = raw.Positions.Length, findings = Index.Labels.Count, side = Options.ImageSize;
        Tensor images = tensor(raw.Images, [rows, 1, side, side]);
        if (Options.Channels > 1)
        {
            using Tensor grey = images;
            images = grey.expand(rows, Options.Channels, side, side).clone();
        }

        return new Batch(images, tensor(raw.Targets, [rows, findings]), tensor(raw.Known, [rows, findings]),
            [.. raw.Positions.Select(position => Index.Records[position])], raw.Masks is null ? null : tensor(raw.Masks, [rows, 1, side, side]));
    }

    private sealed record RawBatch(int[] Positions, float[] Images, float[] Targets, float[] Known, float[]? Masks);
}
