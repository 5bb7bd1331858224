using Xunit;

namespace CxrLab.Tests;

/// <summary>
/// Tests that seed TorchSharp's generator, of which the process has one: they run alone, else another test draws between their numbers.
/// </summary>
[CollectionDefinition(nameof(GlobalGenerator), DisableParallelization = true)]
public sealed class GlobalGenerator;
