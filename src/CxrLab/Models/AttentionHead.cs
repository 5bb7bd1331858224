using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrLab.Models;

/// <summary>
/// Gated attention pooling (Ilse et al., ICML 2018): a small network, <c>wᵀ (tanh(V f) ⊙ σ(U f))</c>, says for each finding where to look; the
/// softmax over the pixels weighs their features. Features [B, D, h, w] → logits [B, K].
/// </summary>
/// <param name="channels">D.</param>
/// <param name="findings">K.</param>
/// <param name="hidden">Rows of V and U.</param>
public sealed class AttentionHead(int channels, int findings, int hidden = 64) : PixelHead(nameof(AttentionHead), channels, findings)
{
    private readonly Conv2d value = Initialisation.Owned(() => Conv2d(channels, hidden, 1));
    private readonly Conv2d gate = Initialisation.Owned(() => Conv2d(channels, hidden, 1));
    private readonly Conv2d score = Conv2d(hidden, findings, 1, bias: false);

    /// <summary>Where each finding looks, [B, K, h, w]; the pixels of a map sum to 1.</summary>
    public Tensor Weights(Tensor features)
    {
        using var scope = NewDisposeScope();
        var scores = score.call(value.call(features).tanh() * gate.call(features).sigmoid()); // [B, K, h, w]
        return Pooling.AttentionWeights(scores).reshape(scores.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        // As in PcamHead: the weights sum to 1, so pooling the scores is scoring the pooled feature.
        return (Weights(features) * PixelLogits(features)).sum([-2, -1]).MoveToOuterDisposeScope(); // [B, K]
    }
}
