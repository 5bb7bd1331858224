using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CxrLab.Explain;

/// <summary>
/// The gradient of one number, where <c>autograd.grad</c> would end the process when a graph is missing. Parameters keep their own
/// gradients.
/// </summary>
internal static class SafeGradient
{
    /// <param name="score">One number; its graph is kept, so that further numbers of the same pass can follow.</param>
    /// <param name="leaf">A tensor that requires a gradient and was made by no operation.</param>
    /// <param name="what">Names the score and the leaf in an error.</param>
    /// <returns>∂score/∂leaf, of the leaf's shape.</returns>
    /// <exception cref="ArgumentException">The score doesn't depend on the leaf by a gradient.</exception>
    internal static Tensor Of(Tensor score, Tensor leaf, string what)
    {
        try
        {
            // With `inputs`, backward leaves the parameters' gradients as they are.
            if (score.requires_grad) autograd.backward([score], retain_graph: true, inputs: [leaf]);
        }
        catch (ExternalException error)
        {
            throw new ArgumentException($"{what} has no gradient: {error.Message.Split('\n')[0]}", error);
        }

        using Tensor? slope = leaf.grad;
        if (slope is null) throw new ArgumentException($"{what} has no gradient: a detached tensor, no_grad or inference_mode cuts the graph between them.");
        var copy = slope.clone();
        slope.zero_(); // backward adds, and the next score begins anew
        return copy;
    }
}
