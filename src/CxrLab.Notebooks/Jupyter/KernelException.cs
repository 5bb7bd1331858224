namespace CxrLab.Notebooks.Jupyter;

/// <summary>What keeps a kernel from starting or from being installed, in words for the person who started it.</summary>
internal sealed class KernelException(string message) : Exception(message);
