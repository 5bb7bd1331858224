using CxrLab.Models;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>Puts a model into evaluation mode and every part of it back into its own mode at the end (some may be frozen).</summary>
internal sealed class EvalMode : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] before;
    private readonly (CxrModel Model, InputRange Range)? guarded;

    internal EvalMode(nn.Module model)
    {
        // Parents first: train(...) reaches all children, so the children's own mode must be set after it.
        before = [(model, model.training), .. model.named_modules().Select(part => (part.module, part.module.training))];
        model.eval();
        // Explanations show the model grey, holes and fractions of an image on purpose; its guard against wrong images would cry wolf.
        if (model is not CxrModel { InputRange: { } range } known) return;
        guarded = (known, range);
        known.InputRange = null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((nn.Module module, bool training) in before) module.train(training);
        if (guarded is { } set) set.Model.InputRange = set.Range;
    }
}
