namespace CxrLab.Tests.Data.Fixtures;

/// <summary>
/// MIMIC-CXR-JPG in miniature: two views of one study, the report beside the study's folder, a .dcm and a .dcm.gz file among the JPEG
/// files, a study that no labeler saw, an image without a published part, gzipped tables with commas in quotes.
/// </summary>
internal static class MimicTree
{
    internal const string Frontal = "02aa804e-bde0afdd-112c0b34-7bc16630-4e384014", Lateral = "174413ec-4ec4c1f7-34ea26b7-c5f994f8-79ef1962",
        Packed = "2a2277a9-b0ded155-c0de8eb9-c124d10e-82c5caab", Oblique = "e084de3b-be89b11e-20fe3f9f-9c8d8dfe-4cfd202c",
        Absent = "68b5c4b1-227d0485-9cc38c3f-7b84ab51-4b472714";

    internal const string Labels = "subject_id,study_id,Atelectasis,Cardiomegaly,Consolidation,Edema,Enlarged Cardiomediastinum,Fracture,Lung Lesion,Lung Opacity,No Finding,Pleural Effusion,Pleural Other,Pneumonia,Pneumothorax,Support Devices";

    internal static Tree Write()
    {
        var tree = Reports();
        tree.Text("mimic-cxr-2.0.0-metadata.csv.gz",
            "dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition,Rows,Columns,StudyDate,StudyTime,ProcedureCodeSequence_CodeMeaning,ViewCodeSequence_CodeMeaning,PatientOrientationCodeSequence_CodeMeaning",
            $"{Frontal},10000032,50414267,\"CHEST (PA, LAT)\",PA,3056,2544,21800506,213014.531,\"CHEST (PA, LAT)\",postero-anterior,Erect",
            $"{Lateral},10000032,50414267,\"CHEST (PA, LAT)\",LATERAL,3056,2544,21800506,213014.531,\"CHEST (PA, LAT)\",lateral,Erect",
            $"{Packed},10000032,53189527,CHEST (PORTABLE AP),AP,2544,3056,21800626,165500.312,CHEST (PORTABLE AP),antero-posterior,Recumbent",
            $"{Oblique},11000001,53911762,CHEST,LAO,2544,3056,21800723,80556.875,CHEST,left anterior oblique,",
            $"{Absent},11000001,53911762,CHEST,,2544,3056,21800723,80556.875,CHEST,,");
        tree.Text("mimic-cxr-2.0.0-chexpert.csv.gz", Labels,
            "10000032,50414267,,,,,,,,,1.0,,,,,",
            "10000032,53189527,-1.0,1.0,0.0,,,,,,,0.0,,,,1.0",
            "19999999,59999999,1.0,,,,,,,,,,,,,");
        tree.Text("mimic-cxr-2.0.0-negbio.csv.gz", Labels, "10000032,53189527,1.0,1.0,0.0,,,,,,,0.0,,,,1.0");
        tree.Text("mimic-cxr-2.0.0-split.csv.gz", "dicom_id,study_id,subject_id,split",
            $"{Frontal},50414267,10000032,train", $"{Lateral},50414267,10000032,train", $"{Packed},53189527,10000032,train", $"{Oblique},53911762,11000001,test");
        tree.Jpeg($"files/p10/p10000032/s50414267/{Frontal}.jpg").Bytes($"files/p10/p10000032/s50414267/{Frontal}.dcm", [1]).Jpeg($"files/p10/p10000032/s50414267/{Lateral}.jpg");
        return tree.Bytes($"files/p10/p10000032/s53189527/{Packed}.dcm.gz", [1]).Jpeg($"files/p11/p11000001/s53911762/{Oblique}.jpg");
    }

    /// <summary>The DICOM release: record list and study list, no labels, no views.</summary>
    internal static Tree WriteDicom()
    {
        var tree = Reports();
        tree.Text("cxr-record-list.csv.gz", "subject_id,study_id,dicom_id,path",
            $"10000032,50414267,{Frontal},files/p10/p10000032/s50414267/{Frontal}.dcm",
            $"10000032,53189527,{Packed},files/p10/p10000032/s53189527/{Packed}.dcm");
        tree.Text("cxr-study-list.csv.gz", "subject_id,study_id,path",
            "10000032,50414267,files/p10/p10000032/s50414267.txt", "10000032,53189527,files/p10/p10000032/s53189527.txt", "11000001,53911762,files/p11/p11000001/s53911762.txt");
        return tree.Bytes($"files/p10/p10000032/s50414267/{Frontal}.dcm", [1]).Bytes($"files/p10/p10000032/s53189527/{Packed}.dcm.gz", [1]);
    }

    private static Tree Reports() => new Tree()
        .Text("files/p10/p10000032/s50414267.txt", " FINAL REPORT", " IMPRESSION: ", " ", " No acute process, ___.")
        .Text("files/p11/p11000001/s53911762.txt", " FINAL REPORT");
}
