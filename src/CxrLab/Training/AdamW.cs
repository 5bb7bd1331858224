using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrLab.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter, ICLR 2019). Ours and not TorchSharp's, because that one passes its constants as temporary Scalar
/// objects: the garbage collector may finalise such an object while the native call still reads it, and the process aborts in the
/// middle of a long training ("Expected false to be true", seen after about 100,000 calls). Constants are tensors here, kept alive.
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;
    private readonly Parameter[] parameters;
    private readonly double weightDecay;
    private readonly Tensor keep1, take1, keep2, take2, epsilon;

    internal AdamW(IEnumerable<Parameter> parameters, double weightDecay)
    {
        using var _ = no_grad();
        (this.parameters, this.weightDecay) = ([.. parameters], weightDecay);
        First = [.. this.parameters.Select(Zeros)];
        Second = [.. this.parameters.Select(Zeros)];
        (keep1, take1, keep2, take2, epsilon) = (Kept(Beta1), Kept(1 - Beta1), Kept(Beta2), Kept(1 - Beta2), Kept(Epsilon));
    }

    /// <summary>Running means of the gradients, one per parameter.</summary>
    internal Tensor[] First { get; }

    /// <summary>Running means of the squared gradients, one per parameter.</summary>
    internal Tensor[] Second { get; }

    /// <summary>Steps taken.</summary>
    internal long Steps { get; set; }

    internal void ZeroGradients()
    {
        foreach (Parameter parameter in parameters) parameter.grad = null;
    }

    internal void Step(double rate)
    {
        using DisposeScope scope = NewDisposeScope();
        using var _ = no_grad();
        Steps++;
        Tensor decay = Number(1 - rate * weightDecay), move = Number(-rate / (1 - Math.Pow(Beta1, Steps))), widen = Number(1 / Math.Sqrt(1 - Math.Pow(Beta2, Steps)));
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].grad is not Tensor gradient) continue; // not part of the loss
            First[i].mul_(keep1).add_(gradient * take1, LastingScalar.One);
            Second[i].mul_(keep2).add_(gradient * gradient * take2, LastingScalar.One);
            Tensor size = (Second[i].sqrt() * widen).add(epsilon, LastingScalar.One);
            parameters[i].mul_(decay).add_(First[i] / size * move, LastingScalar.One);
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in First.Concat(Second).Concat([keep1, take1, keep2, take2, epsilon])) tensor.Dispose();
    }

    private static Tensor Zeros(Parameter parameter)
    {
        using Tensor zeros = zeros_like(parameter);
        return zeros.detach().DetachFromDisposeScope();
    }

    private Tensor Kept(double value) => Number(value).DetachFromDisposeScope();

    private Tensor Number(double value) => tensor((float)value, device: parameters[0].device);
}
