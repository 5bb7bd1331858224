using static TorchSharp.torch;

namespace CxrLab.Tests;

/// <summary>Compares tensors of one shape.</summary>
internal static class Close
{
    /// <summary>Whether two tensors have one shape and all their numbers are equal.</summary>
    internal static bool Same(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        return a.shape.SequenceEqual(b.shape) && a.eq(b).all().item<bool>();
    }

    internal static void Assert(Tensor expected, Tensor actual, double tolerance)
    {
        using var scope = NewDisposeScope();
        Xunit.Assert.Equal(expected.shape, actual.shape);
        double error = (expected.to_type(ScalarType.Float64) - actual.to_type(ScalarType.Float64)).abs().max().item<double>();
        Xunit.Assert.True(error <= tolerance, $"The largest difference is {error}, more than {tolerance}."); // also catches NaN
    }

    /// <summary>Largest difference in units of the expected tensor's largest value.</summary>
    internal static void AssertRelative(Tensor expected, Tensor actual, double tolerance, string what)
    {
        using var scope = NewDisposeScope();
        var wide = expected.to_type(ScalarType.Float64);
        double error = (wide - actual.to_type(ScalarType.Float64)).abs().max().item<double>() / (wide.abs().max().item<double>() + 1e-12);
        Xunit.Assert.True(error <= tolerance, $"{what}: the relative difference is {error}, more than {tolerance}.");
    }
}
