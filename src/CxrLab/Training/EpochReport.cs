using System.Globalization;
using System.Text.Json.Serialization;

namespace CxrLab.Training;

/// <summary>What one epoch did; the line that a lecture or a log shows.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">Planned number of epochs.</param>
/// <param name="TrainLoss">Mean over the training images while the weights were changing.</param>
/// <param name="ValidationLoss">Mean over the validation images, or null without a validation part.</param>
/// <param name="ValidationAuroc">Mean over the findings of which the validation part has both kinds, or null.</param>
/// <param name="LearningRate">At the end of the epoch.</param>
/// <param name="Seconds">Wall time of the epoch, validation included.</param>
/// <param name="IsBest">Whether these weights are the best so far.</param>
public sealed record EpochReport(
    int Epoch, int Epochs, double TrainLoss, double? ValidationLoss, double? ValidationAuroc, double LearningRate, double Seconds, bool IsBest)
{
    /// <summary>Mean Dice over the validation images, or null where nothing is outlined.</summary>
    public double? ValidationDice { get; init; }

    /// <summary>One line in invariant culture.</summary>
    [JsonIgnore]
    public string Line
    {
        get
        {
            string text = string.Create(CultureInfo.InvariantCulture, $"epoch {Epoch,3}/{Epochs}  train loss {TrainLoss:F4}");
            if (ValidationLoss is { } loss) text += string.Create(CultureInfo.InvariantCulture, $"  validation loss {loss:F4}");
            if (ValidationAuroc is { } auroc) text += string.Create(CultureInfo.InvariantCulture, $"  AUROC {auroc:F3}");
            if (ValidationDice is { } dice) text += string.Create(CultureInfo.InvariantCulture, $"  Dice {dice:F3}");
            return text + string.Create(CultureInfo.InvariantCulture, $"  {Seconds:F1} s{(IsBest ? "  best" : "")}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Line;
}
