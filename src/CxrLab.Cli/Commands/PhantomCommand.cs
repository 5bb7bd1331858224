using System.CommandLine;
using CxrLab.Phantom;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab data phantom</c>: a synthetic collection in the layout of a public one.</summary>
internal static class PhantomCommand
{
    private static readonly Dictionary<string, PhantomShortcut> Shortcuts = new(StringComparer.Ordinal)
    {
        ["none"] = PhantomShortcut.None,
        ["marker"] = PhantomShortcut.HospitalMarker,
        ["ap"] = PhantomShortcut.ApLabel,
        ["tube"] = PhantomShortcut.ChestTube,
    };

    internal static Command Create()
    {
        var target = new Argument<string>("out") { Description = "Folder to write; must not exist or be empty." };
        var layout = new Option<string>("--layout") { Description = "The public data set whose files and tables it looks like:\n" + string.Join('\n', PhantomLayouts.All.Select(one => $"{one.Name,-10} {one.Title}")), DefaultValueFactory = _ => "nih" };
        layout.HelpName = "name";
        layout.AcceptOnlyFromAmong([.. PhantomLayouts.All.Select(one => one.Name)]);
        var count = new Option<int>("--count") { Description = "Images; for covidx-ct, scans.", DefaultValueFactory = _ => 240 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same pixels, with any number of workers.", DefaultValueFactory = _ => 2021 };
        var size = new Option<int>("--size") { Description = $"Rows and columns, {ChestPhantom.MinSize} to {ChestPhantom.MaxSize}.", DefaultValueFactory = _ => 128 };
        var difficulty = new Option<double>("--difficulty") { Description = "0: findings cast strong shadows; 1: they are nearly lost in the anatomy.", DefaultValueFactory = _ => 0.5 };
        var shortcut = new Option<string[]>("--shortcut") { Description = "Marks that go with the disease without being it: marker (a hospital's token), ap (the letters AP), tube (a chest drain); several with commas.", DefaultValueFactory = _ => ["none"] };
        var finding = new Option<string?>("--shortcut-finding") { Description = "The finding that the marks go with; without it, any." };
        var strength = new Option<double>("--shortcut-strength") { Description = "Chance of a mark with the finding; one minus this without it.", DefaultValueFactory = _ => 0.9 };
        var uncertain = new Option<double?>("--uncertain") { Description = "Share of findings that table and report only suspect; each layout has its own default." };
        var noise = new Option<double>("--label-noise") { Description = "Share of labels that say the opposite of the truth, 0 to 0.5." };
        var misaligned = new Option<double>("--misaligned") { Description = "How far patients stand askew, 0 to 1; the affine is in truth/truth.json." };
        var sixteen = new Option<bool>("--16bit") { Description = "Pixels of 16 bits." };
        var dicom = new Option<bool>("--dicom") { Description = "DICOM files where the layout has the choice (openi)." };
        var workers = new Option<int>("--workers") { Description = "Images drawn at a time; 0 for one per processor." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Replace an older phantom in OUT." };
        var command = new Command("phantom", "Make a synthetic chest X-ray data set in a published layout, with what is really there under truth/.")
        {
            target, layout, count, seed, size, difficulty, shortcut, finding, strength, uncertain, noise, misaligned, sixteen, dicom, workers, overwrite,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(CommandLine.Guarded(() =>
        {
            PhantomLayout chosen = PhantomLayouts.ByName(parsed.GetValue(layout)!);
            PhantomOptions defaults = chosen.Defaults;
            PhantomOptions options = defaults with
            {
                Count = parsed.GetValue(count),
                Seed = parsed.GetValue(seed),
                Size = parsed.GetValue(size),
                Difficulty = parsed.GetValue(difficulty),
                Shortcuts = Marks(parsed.GetValue(shortcut) ?? []),
                ShortcutFinding = parsed.GetValue(finding),
                ShortcutStrength = parsed.GetValue(strength),
                UncertaintyRate = parsed.GetValue(uncertain) ?? defaults.UncertaintyRate,
                LabelNoise = parsed.GetValue(noise),
                Misalignment = parsed.GetValue(misaligned),
                BitDepth = parsed.GetValue(sixteen) ? 16 : defaults.BitDepth,
                Dicom = parsed.GetValue(dicom),
                Workers = parsed.GetValue(workers),
                Overwrite = parsed.GetValue(overwrite),
            };
            string root = parsed.GetRequiredValue(target);
            try
            {
                Progress.Run("drawing", share => chosen.Write(root, options, new CountedProgress(options.Count, share), cancellation));
            }
            catch (ArgumentException error)
            {
                // An option that makes no sense; which parameter of which method it was is nobody's concern here.
                throw new UsageException(error.Message.Replace($" (Parameter '{error.ParamName}')", "", StringComparison.Ordinal));
            }

            Console.WriteLine($"{options.Count} {(chosen.Name == "covidx-ct" ? "scans" : "images")} of {options.Size} × {options.Size} pixels written to {root} in the layout {chosen.Name} (seed {options.Seed}).");
            return CommandLine.Done;
        })));
        return command;
    }

    private static PhantomShortcut Marks(string[] names)
    {
        PhantomShortcut marks = PhantomShortcut.None;
        foreach (string name in names.SelectMany(name => name.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            marks |= Shortcuts.TryGetValue(name, out PhantomShortcut mark) ? mark : throw new UsageException($"--shortcut knows {string.Join(", ", Shortcuts.Keys)}; got '{name}'.");
        return marks;
    }

    private sealed class CountedProgress(int count, Action<double> share) : IProgress<int>
    {
        public void Report(int value) => share(Math.Min(1, (double)value / count));
    }
}
