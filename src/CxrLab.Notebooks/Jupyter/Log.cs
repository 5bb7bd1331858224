namespace CxrLab.Notebooks.Jupyter;

/// <summary>What the kernel says about itself. It goes to the process's own error stream, which Jupyter shows in the server's log.</summary>
internal static class Log
{
    // Taken before cells get a console of their own.
    private static readonly TextWriter Out = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true });

    public static void Write(string text)
    {
        try
        {
            Out.WriteLine($"cxrnb kernel: {text}");
        }
        catch (IOException)
        {
            // Whoever read the log has gone; the kernel's work doesn't depend on it.
        }
    }
}
