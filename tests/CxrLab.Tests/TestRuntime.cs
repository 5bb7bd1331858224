using System.Runtime.CompilerServices;

namespace CxrLab.Tests;

internal static class TestRuntime
{
#pragma warning disable CA2255 // A test may touch TorchSharp before any type of CxrLab, and oneDNN reads the guard only once.
    [ModuleInitializer]
    internal static void Initialize() => TorchRuntime.Prepare();
#pragma warning restore CA2255
}
