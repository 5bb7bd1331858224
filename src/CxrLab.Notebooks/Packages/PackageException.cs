namespace CxrLab.Notebooks.Packages;

/// <summary>A package couldn't be had; the message says why and what to do.</summary>
internal sealed class PackageException(string message) : Exception(message);
