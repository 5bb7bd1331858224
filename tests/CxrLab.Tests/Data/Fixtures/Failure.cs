using Xunit;

namespace CxrLab.Tests.Data.Fixtures;

/// <summary>Malformed inputs must end in an error that names the place.</summary>
internal static class Failure
{
    internal static void Names(Action read, params string[] parts)
    {
        DataFormatException error = Assert.Throws<DataFormatException>(read);
        foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
