using TorchSharp;

namespace CxrLab;

/// <summary>
/// Scalar objects that are never collected. TorchSharp makes a temporary one for <c>a + b</c>, <c>a.add_(b)</c> and the like (the factor of the second
/// operand), and its finaliser may free the number while the native call still reads it. Where a call is made hundreds of times in each training
/// step, hand the factor over: <c>a.add_(b, LastingScalar.One)</c>.
/// </summary>
internal static class LastingScalar
{
    /// <summary>The whole number 1, for every type of tensor.</summary>
    internal static Scalar One { get; } = 1.ToScalar();
}
