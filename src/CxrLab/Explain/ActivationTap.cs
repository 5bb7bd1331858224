using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// A cut through a model at one place: the activations there, and the logits as a function of them. Only what lies behind the cut is
/// differentiated. The place is the seam between <see cref="CxrModel.Features"/> and <see cref="CxrModel.Head"/>, or any layer by name.
/// </summary>
internal sealed class ActivationTap : IDisposable
{
    private readonly CxrModel model;
    private readonly nn.Module<Tensor, Tensor>? layer;
    private readonly string place;
    private Tensor? kept;

    /// <param name="model">In evaluation mode.</param>
    /// <param name="layer">As in <c>named_modules</c>, such as <c>features.denseblock3</c>; null for the seam.</param>
    /// <exception cref="ArgumentException">There is no such layer, or it doesn't turn one tensor into one.</exception>
    internal ActivationTap(CxrModel model, string? layer)
    {
        (this.model, place) = (model, layer is null ? "the features" : $"layer '{layer}'");
        if (layer is null) return;
        nn.Module? found = model.named_modules().FirstOrDefault(part => part.name == layer).module;
        if (found is null)
            throw new ArgumentException($"{model.Architecture} has no layer '{layer}'; it has {string.Join(", ", Nearest(model, layer))} and others.", nameof(layer));
        this.layer = found as nn.Module<Tensor, Tensor>
            ?? throw new ArgumentException($"Layer '{layer}' of {model.Architecture} doesn't turn one tensor into one, so it has no activations to look at.", nameof(layer));
    }

    /// <summary>One pass: the activations as a leaf [B, D, h, w], and logits [B, K] with a graph that begins there.</summary>
    internal (Tensor Activations, Tensor Logits) Open(Tensor images)
    {
        if (layer is null)
        {
            Tensor leaf = Activations(images).requires_grad_(true);
            using var gradients = enable_grad();
            return (leaf, Logits(images, leaf));
        }

        IDisposable? behind = null;
        using var before = no_grad();
        try
        {
            Tensor logits = Forward(images, output =>
            {
                behind = enable_grad();
                Keep(output).requires_grad_(true);
                return kept!.alias(); // the model may dispose what it is handed
            });
            return (kept!, logits);
        }
        finally
        {
            behind?.Dispose();
        }
    }

    /// <summary>The activations [B, D, h, w], without a graph.</summary>
    internal Tensor Activations(Tensor images)
    {
        using var noGradients = no_grad();
        if (layer is null) return Checked(model.Features(images)).detach();
        Forward(images, output =>
        {
            Keep(output);
            return output;
        }).Dispose();
        return kept!;
    }

    /// <summary>The logits [B, K] that the model gives where these activations [B, D, h, w] take the place of its own.</summary>
    internal Tensor Logits(Tensor images, Tensor activations) => layer is null ? model.Head(activations) : Forward(images, _ => activations.alias());

    /// <summary>The gradient of the sum over the batch of one finding's logit, [B, D, h, w]; images don't touch each other.</summary>
    internal Tensor Slope(Tensor activations, Tensor logits, int finding)
    {
        using var gradients = enable_grad();
        return SafeGradient.Of(logits.select(1, finding).sum(), activations, $"The logit of {model.Labels[finding]} in {model.Architecture} over {place}");
    }

    /// <inheritdoc/>
    public void Dispose() => kept?.Dispose();

    private Tensor Keep(Tensor output)
    {
        kept?.Dispose();
        // The model's own scopes end before we look at it.
        return kept = Checked(output).detach().clone().DetachFromDisposeScope();
    }

    private Tensor Forward(Tensor images, Func<Tensor, Tensor> swap)
    {
        int calls = 0;
        var hook = layer!.register_forward_hook((_, _, output) => ++calls == 1 ? swap(output) : output);
        Tensor logits;
        try
        {
            logits = model.call(images);
        }
        finally
        {
            hook.remove();
        }

        if (calls != 1)
            throw new ArgumentException($"{model.Architecture} runs {place} {calls} times in one pass; a map needs a layer that runs once.", nameof(images));
        return logits;
    }

    private Tensor Checked(Tensor activations) => activations.dim() == 4
        ? activations
        : throw new ArgumentException($"The activations at {place} of {model.Architecture} are [{string.Join(", ", activations.shape)}]; a map needs [B, D, h, w].");

    private static IEnumerable<string> Nearest(CxrModel model, string layer) => model.named_modules().Select(part => part.name).Where(name => name.Length > 0)
        .OrderByDescending(name => name.Zip(layer).TakeWhile(pair => pair.First == pair.Second).Count()).ThenBy(name => Math.Abs(name.Length - layer.Length)).Take(4).Select(name => $"'{name}'");
}
