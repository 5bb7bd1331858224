using static TorchSharp.torch;

namespace CxrLab.Losses;

/// <summary>How a channel weighs in <see cref="GeneralisedDiceLoss"/>, from the area of its mask.</summary>
public enum ChannelWeight
{
    /// <summary>1 / area², the paper's: small structures count as much as large ones.</summary>
    Square,

    /// <summary>1 / area.</summary>
    Simple,

    /// <summary>1.</summary>
    Uniform,
}

/// <summary>
/// Generalised Dice loss <c>1 - (2 Σ_c w_c Σ p·g + ε) / (Σ_c w_c (Σ p + Σ g) + ε)</c> (Sudre et al., DLMIA 2017): one value for all channels of an
/// image [B], or of the batch []. As in MONAI an empty channel takes the largest weight of the others; where all are empty all weights are 0,
/// and so is the loss, whatever was predicted.
/// </summary>
/// <param name="Weight">w_c of each channel.</param>
public sealed record GeneralisedDiceLoss(ChannelWeight Weight = ChannelWeight.Square) : OverlapLoss
{
    /// <inheritdoc/>
    protected override Tensor Cost(OverlapSums areas)
    {
        Tensor weights = Weights(areas.Target);                                                             // [B, C] or [C]
        Tensor both = (areas.Both * weights).sum([-1]), all = ((areas.Predicted + areas.Target) * weights).sum([-1]);
        return OneMinusRatio(both + both, all);                                                             // [B] or []
    }

    private Tensor Weights(Tensor area)
    {
        Tensor one = ones_like(area), zero = zeros_like(area), empty = area.eq(zero);
        if (Weight == ChannelWeight.Uniform) return one;
        Tensor filled = where(empty, one, area);                                                            // no 1/0 on the way
        Tensor weight = where(empty, zero, one / (Weight == ChannelWeight.Square ? filled * filled : filled));
        return where(empty, weight.amax([-1], keepdim: true), weight);
    }
}
