using TorchSharp;
using static TorchSharp.torch;

namespace CxrLab;

/// <summary>
/// Compares float32 convolutions and their gradients with float64 on this machine, over shapes that include odd channel counts.
/// oneDNN's faults are silent: a network still trains, only worse, and differently each time.
/// </summary>
public static class ConvolutionSelfTest
{
    /// <summary>Largest accepted error, relative to the largest true value.</summary>
    public const double Tolerance = 1e-3;

    /// <summary>All shapes tested: kernels 1 to 7, strides and dilations 1 and 2, channels 1 to 64, one and two dimensions, transposed too.</summary>
    public static IReadOnlyList<ConvolutionShape> Shapes { get; } = [.. AllShapes()];

    /// <summary>Runs every shape.</summary>
    /// <param name="device">Where to compute; on a GPU TF32 may exceed the tolerance, and the result says so.</param>
    /// <returns>The shapes that were wrong, worst first; empty on a sound machine.</returns>
    public static IReadOnlyList<ConvolutionFault> Run(Device device) =>
        [.. Shapes.Select((shape, i) => Test(shape, i, device)).OfType<ConvolutionFault>().OrderByDescending(fault => fault.Error)];

    private static ConvolutionFault? Test(ConvolutionShape shape, int seed, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator generator = new((ulong)Seed.Of(shape.Inputs, shape.Outputs, seed), CPU);
        long[] window = [.. Enumerable.Repeat((long)shape.Kernel, shape.Dimensions)], area = [.. Enumerable.Repeat(13L, shape.Dimensions)];
        (long first, long second) = shape.Transposed ? (shape.Inputs, shape.Outputs) : (shape.Outputs, shape.Inputs);
        Tensor[] arguments =
        [
            randn([2, shape.Inputs, .. area], dtype: float64, generator: generator),
            randn([first, second, .. window], dtype: float64, generator: generator),
            randn([shape.Outputs], dtype: float64, generator: generator),
        ];
        Tensor[] exact = Gradients(shape, Unfolded, [.. arguments.Select(argument => argument.clone().to(device))]);
        Tensor[] rounded = Gradients(shape, Convolve, [.. arguments.Select(argument => argument.to(float32).to(device))]);
        string[] names = ["forward", "input gradient", "weight gradient", "bias gradient"];
        for (int i = 0; i < exact.Length; i++)
        {
            double error = ((rounded[i].to(float64) - exact[i]).abs().max() / exact[i].abs().max()).item<double>();
            if (!(error <= Tolerance)) return new ConvolutionFault(shape, names[i], error); // NaN fails too
        }

        return null;
    }

    private static Tensor[] Gradients(ConvolutionShape shape, Func<ConvolutionShape, Tensor, Tensor, Tensor, Tensor> convolve, Tensor[] arguments)
    {
        foreach (Tensor argument in arguments) argument.requires_grad_();
        Tensor output = convolve(shape, arguments[0], arguments[1], arguments[2]);
        // A fixed, uneven projection: a plain sum would hide errors that cancel out.
        Tensor projection = linspace(-1, 1, output.numel(), dtype: output.dtype, device: output.device).reshape(output.shape);
        (output * projection).sum().backward();
        return [output.detach(), .. arguments.Select(argument => argument.grad!)];
    }

    private static Tensor Convolve(ConvolutionShape shape, Tensor x, Tensor w, Tensor b)
    {
        long step = shape.Stride, spread = shape.Dilation, pad = shape.Kernel / 2 * shape.Dilation;
        return (shape.Dimensions, shape.Transposed) switch
        {
            (1, _) => nn.functional.conv1d(x, w, b, stride: step, padding: pad, dilation: spread),
            (_, true) => nn.functional.conv_transpose2d(x, w, b, strides: [step, step], padding: [pad, pad], dilation: [spread, spread]),
            _ => nn.functional.conv2d(x, w, b, strides: [step, step], padding: [pad, pad], dilation: [spread, spread]),
        };
    }

    // The same sums as a matrix product over unfolded windows: it goes through no convolution kernel at all.
    private static Tensor Unfolded(ConvolutionShape shape, Tensor x, Tensor w, Tensor b)
    {
        bool flat = shape.Dimensions == 1;
        if (flat) (x, w) = (x.unsqueeze(2), w.unsqueeze(2));                                   // [B, C, 1, L]
        (long, long) Both(long value, long across) => flat ? (across, value) : (value, value);
        (long, long) window = Both(shape.Kernel, 1), spread = Both(shape.Dilation, 1), step = Both(shape.Stride, 1), pad = Both(shape.Kernel / 2 * shape.Dilation, 0);
        long Side(long n, long k, long d, long s, long p) => shape.Transposed ? (n - 1) * s - 2 * p + d * (k - 1) + 1 : (n + 2 * p - d * (k - 1) - 1) / s + 1;
        (long Rows, long Columns) size = (Side(x.shape[2], window.Item1, spread.Item1, step.Item1, pad.Item1), Side(x.shape[3], window.Item2, spread.Item2, step.Item2, pad.Item2));
        Tensor output = shape.Transposed
            ? nn.functional.fold(w.flatten(1).t().matmul(x.flatten(2)), size, window, spread, pad, step)
            : w.flatten(1).matmul(nn.functional.unfold(x, window, spread, pad, step)).reshape(x.shape[0], shape.Outputs, size.Rows, size.Columns);
        output = output + b.reshape(1, -1, 1, 1);                                              // [B, O, h, w]
        return flat ? output.squeeze(2) : output;
    }

    private static IEnumerable<ConvolutionShape> AllShapes()
    {
        (int Inputs, int Outputs)[] channels = [(1, 16), (1, 6), (3, 64), (10, 10), (10, 16), (16, 16), (16, 32), (17, 5), (24, 40), (7, 33), (32, 12), (64, 64)];
        foreach ((int inputs, int outputs) in channels)
            foreach (int kernel in new[] { 1, 3, 5, 7 })
                foreach ((int stride, int dilation) in new[] { (1, 1), (2, 1), (1, 2) })
                    if (kernel > 1 || dilation == 1) yield return new(2, inputs, outputs, kernel, stride, dilation, Transposed: false);
        foreach ((int inputs, int outputs) in channels)
            foreach (int stride in new[] { 1, 2 })
            {
                yield return new(1, inputs, outputs, 3, stride, 1, Transposed: false);
                yield return new(1, inputs, outputs, 5, stride, 1, Transposed: false);
                yield return new(2, inputs, outputs, 3, stride, 1, Transposed: true);
            }
    }
}

/// <summary>One convolution of the self-test.</summary>
/// <param name="Dimensions">1 or 2.</param>
/// <param name="Inputs">Input channels.</param>
/// <param name="Outputs">Output channels.</param>
/// <param name="Kernel">Side of the kernel.</param>
/// <param name="Stride">Stride.</param>
/// <param name="Dilation">Dilation.</param>
/// <param name="Transposed">Whether it is a transposed convolution.</param>
public sealed record ConvolutionShape(int Dimensions, int Inputs, int Outputs, int Kernel, int Stride, int Dilation, bool Transposed)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Transposed ? "transposed " : "")}conv{Dimensions}d {Inputs}→{Outputs}, kernel {Kernel}, stride {Stride}, dilation {Dilation}";
}

/// <summary>A convolution that this machine computes wrongly.</summary>
/// <param name="Shape">Which one.</param>
/// <param name="Quantity">Forward result or one of the gradients; the first one found wrong.</param>
/// <param name="Error">Relative to the largest true value; NaN where the result was no number.</param>
public sealed record ConvolutionFault(ConvolutionShape Shape, string Quantity, double Error);
