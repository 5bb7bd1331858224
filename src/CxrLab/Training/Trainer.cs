using System.Diagnostics;
using CxrLab.Data;
using CxrLab.Losses;
using CxrLab.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>
/// Trains a model and reports epoch by epoch: <c>foreach (var report in trainer.Run()) Console.WriteLine(report);</c>. After the
/// last report the model holds the best weights where there is a validation part, else the last ones.
/// </summary>
public sealed class Trainer : IDisposable
{
    private readonly BatchLoader train;
    private readonly BatchLoader? validation;
    private readonly ILoss loss;
    private readonly Device device;
    private readonly AdamW optimizer;
    private readonly List<EpochReport> reports = [];
    private WeightCopy? best;

    /// <param name="model">Is moved to <paramref name="device"/> and trained in place.</param>
    /// <param name="loss">What is made small.</param>
    /// <param name="train">Shuffled and augmented as its options say.</param>
    /// <param name="validation">Chooses the best epoch; null where every image trains.</param>
    /// <param name="options">Epochs, rates and seed.</param>
    /// <param name="device">From <see cref="TorchRuntime.BestDevice"/>, or of your choice.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the labels of model and data differ.</exception>
    public Trainer(CxrModel model, ILoss loss, BatchLoader train, BatchLoader? validation, TrainerOptions options, Device device)
    {
        options.Check();
        foreach (BatchLoader loader in new[] { train, validation }.OfType<BatchLoader>())
            if (!loader.Options.LungMasks && !loader.Index.Labels.Equals(model.Labels))
                throw new ArgumentException($"The model answers [{model.Labels}], but '{loader.Index.Name}' is labelled [{loader.Index.Labels}]; relabel the index first.", nameof(train));
        if (options.Patience is not null && validation is null)
            throw new ArgumentException("Early stopping needs a validation part.", nameof(options));
        (Model, this.loss, this.train, this.validation, Options, this.device) = (model, loss, train, validation, options, device);
        model.to(device);
        optimizer = new AdamW(model.parameters(), options.WeightDecay);
    }

    /// <summary>The model in training.</summary>
    public CxrModel Model { get; }

    /// <summary>Epochs, rates and seed.</summary>
    public TrainerOptions Options { get; }

    /// <summary>Reports so far, those of a resumed run included.</summary>
    public IReadOnlyList<EpochReport> Reports => reports;

    /// <summary>Where a checkpoint is written after every epoch; null keeps none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Called after every batch with the share of the run that is done, in [0, 1].</summary>
    public Action<double>? Progress { get; init; }

    /// <summary>Trains epoch by epoch; the caller's loop decides when to look, and may stop.</summary>
    /// <param name="cancellation">Ends training at the next batch; the last whole epoch's checkpoint stays.</param>
    /// <exception cref="TrainingException">The loss is no longer a number, or an epoch leaked tensors.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<EpochReport> Run(CancellationToken cancellation = default)
    {
        while (reports.Count < Options.Epochs && !PatienceIsOver())
        {
            int epoch = reports.Count + 1;
            long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
            EpochReport report = RunEpoch(epoch, cancellation);
            long leaked = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount - before;
            if (leaked > 0) throw new TrainingException($"Epoch {epoch} left {leaked} tensors behind; a model or loss makes tensors outside a dispose scope.");
            if (report.IsBest) KeepBest();
            reports.Add(report);
            if (CheckpointPath is not null) Checkpoint.Save(CheckpointPath, this, optimizer, best);
            yield return report;
        }

        best?.CopyTo(Model);
    }

    /// <summary>Takes up a run where its checkpoint was written; the epochs that follow are bit for bit those of an unbroken run.</summary>
    /// <exception cref="TrainingException">The checkpoint is of another run: model, options or label set differ.</exception>
    public void Resume(string checkpoint)
    {
        WeightCopy? loaded = Checkpoint.Load(checkpoint, this, optimizer, reports);
        best?.Dispose();
        best = loaded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        best?.Dispose();
        optimizer.Dispose();
    }

    private EpochReport RunEpoch(int epoch, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TorchRuntime.SeedAll(Seed.Of(Options.Seed, epoch)); // dropout too repeats when the run is resumed here
        Model.train();
        double lossSum = 0, rate = 0;
        int step = 0, images = 0;
        long steps = (long)Options.Epochs * train.BatchCount;
        foreach (Batch batch in train.Epoch(epoch, cancellation))
        {
            using (batch)
            {
                long global = (long)(epoch - 1) * train.BatchCount + step;
                rate = Options.LearningRateAt(global, steps);
                double value = Step(batch, rate);
                if (!double.IsFinite(value))
                    throw new TrainingException($"The loss is {value} in epoch {epoch}, batch {step + 1}: lower the learning rate ({rate:G3} now) or look at the images of this batch ({batch.Records[0].ImageId} …).");
                lossSum += value * batch.Records.Count;
                images += batch.Records.Count;
                step++;
                Progress?.Invoke((double)(global + 1) / steps);
            }

            cancellation.ThrowIfCancellationRequested();
        }

        (double? validationLoss, double? auroc, double? dice) = (null, null, null);
        if (validation is { Options.LungMasks: true }) (validationLoss, dice) = Segmentation.Evaluate(Model, validation, loss, device, cancellation);
        else if (validation is not null) (validationLoss, auroc) = Inference.Evaluate(Model, validation, loss, device, cancellation);
        if (validationLoss is { } reached && !double.IsFinite(reached))
            throw new TrainingException($"The validation loss is {reached} after epoch {epoch}: lower the learning rate, or look at the validation images.");
        bool isBest = validationLoss < (reports.Min(report => report.ValidationLoss) ?? double.PositiveInfinity);
        return new EpochReport(epoch, Options.Epochs, lossSum / images, validationLoss, auroc, rate, clock.Elapsed.TotalSeconds, isBest) { ValidationDice = dice };
    }

    private double Step(Batch batch, double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        optimizer.ZeroGradients();
        Tensor output = Model.TrainingOutput(batch.Images.to(device));                              // [B, K], or [B, 1, H, W] for outlines
        Tensor value = batch.LungMasks is { } masks                                                 // scalar
            ? loss.Compute(output, masks.to(device))
            : loss.Compute(output, batch.Targets.to(device), batch.Known.to(device));
        value.backward();
        nn.utils.clip_grad_norm_(Model.parameters(), Options.GradientNorm);
        optimizer.Step(rate);
        return value.item<float>();
    }

    private void KeepBest()
    {
        best ??= new WeightCopy(Model);
        best.CopyFrom(Model);
    }

    private bool PatienceIsOver() =>
        Options.Patience is { } patience && reports.Count > 0 && reports.Count - reports.FindLastIndex(report => report.IsBest) > patience;
}
